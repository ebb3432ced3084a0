using Npgsql;
using Quartz;

namespace AmoLtv.Host.Scheduling;

/// <summary>Makes the scheduler's tables, for a service whose role may not.</summary>
public static class SchedulerSchema
{
    /// <summary>Creates what is missing; nothing is altered, and no job is run.</summary>
    public static async Task ProvisionAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = "amoltv-schema");
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = _ => database);
                store.ProvisionSchema();
            });
        });
        await using var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        await scheduler.Shutdown(waitForJobsToComplete: false, cancellationToken);
    }
}
