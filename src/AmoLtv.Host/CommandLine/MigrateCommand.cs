using System.CommandLine;
using AmoLtv.Host.Database;
using AmoLtv.Host.Scheduling;
using Npgsql;

namespace AmoLtv.Host.CommandLine;

/// <summary><c>amoltv migrate</c>: brings the database schema up to date, the scheduler's tables too.</summary>
public static class MigrateCommand
{
    public static Command Create()
    {
        var role = new Option<string?>("--app-role")
        {
            Description = "Also lets this role do the service's work: it is made where it is missing, and may read and write rows, but create and drop nothing.",
        };
        var command = new Command("migrate", "Brings the database schema up to date; safe to repeat.") { role };
        command.SetAction((parsed, cancellationToken) =>
            CommandHost.RunAsync((services, cancelled) => MigrateAsync(services, parsed.GetValue(role), cancelled), cancellationToken));
        return command;
    }

    private static async Task<int> MigrateAsync(IServiceProvider services, string? role, CancellationToken cancellationToken)
    {
        var applied = await services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
        await SchedulerSchema.ProvisionAsync(services.GetRequiredService<NpgsqlDataSource>(), cancellationToken);
        await Console.Out.WriteLineAsync(applied == 0 ? "The schema is up to date." : $"Applied {applied} migrations.");
        if (role is not null)
        {
            await services.GetRequiredService<RoleGrants>().GrantAsync(role, cancellationToken);
            await Console.Out.WriteLineAsync($"Role {role} may do the service's work. Let the service connect as it, with Database:ProvisionSchema=false.");
        }

        return 0;
    }
}
