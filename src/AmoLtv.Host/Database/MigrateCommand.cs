using System.CommandLine;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Database;

/// <summary><c>amoltv migrate</c>: brings the database schema up to date.</summary>
public static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database schema up to date; safe to repeat.");
        command.SetAction((_, cancellationToken) => CommandHost.RunAsync(MigrateAsync, cancellationToken));
        return command;
    }

    private static async Task<int> MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var applied = await services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
        await Console.Out.WriteLineAsync(applied == 0 ? "The schema is up to date." : $"Applied {applied} migrations.");
        return 0;
    }
}
