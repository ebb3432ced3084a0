using System.Text.Json;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Database;
using AmoLtv.Host.Running;
using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;

namespace AmoLtv.Host.Scheduling;

/// <summary>Registers the clock, for the server and for the command line, and the scheduler, for the server alone.</summary>
public static class SchedulingRegistration
{
    /// <summary>The machine's clock, or a sandbox's where <c>Crm:SandboxClock</c> names one.</summary>
    public static IServiceCollection AddServiceClock(this IServiceCollection services)
    {
        services.AddOptions<ClockOptions>().BindConfiguration(ClockOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClockOptions>, ClockOptionsCheck>();
        services.AddSingleton<SandboxClockGuard>();
        services.AddSingleton<TimeProvider>(provider =>
            provider.GetRequiredService<IOptions<ClockOptions>>().Value.SandboxClock is { } address
                ? Sandbox(address)
                : TimeProvider.System);
        return services;
    }

    private static SandboxClock Sandbox(Uri address)
    {
        try
        {
            return new SandboxClock(address);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or JsonException or KeyNotFoundException)
        {
            throw new CommandFailedException($"Crm:SandboxClock: no sandbox answers at {address} ({failure.Message}). Start it, or take the setting away.");
        }
    }

    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddOptions<SchedulingOptions>().BindConfiguration(SchedulingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SchedulingOptions>, SchedulingOptionsCheck>();
        services.AddSingleton<ScheduleStore>();
        services.AddSingleton<AccountSchedules>();
        services.AddTransient<AccountRunJob>();
        services.AddTransient<ReconcileJob>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "amoltv";
                scheduler.IdleWaitTime = TimeSpan.FromSeconds(5);
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseExecutionLimits((provider, limits) =>
            {
                var options = provider.GetRequiredService<IOptions<SchedulingOptions>>().Value;
                limits.ForGroup(RunGroup.Ordinary, options.MaxRunsAtOnce).ForGroup(RunGroup.Long, options.MaxLongRunsAtOnce);
            });
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
                store.UseClustering(cluster =>
                {
                    // As patient as a lease (ADR 4): a pause of the machine must not make the others take over what is still at work.
                    cluster.CheckinInterval = TimeSpan.FromSeconds(15);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(45);
                });
                // A run cut off by a stopping service is taken up by another process, or by this one when it is back.
                store.ConfigureStore(options =>
                {
                    options.RecoverFiringsCancelledByShutdown = true;
                    options.MisfireHandlerFrequency = TimeSpan.FromSeconds(15);
                });
            });
        });
        // A role without the right to create tables finds them made by `amoltv migrate`.
        services.AddOptions<AdoJobStoreOptions>().Configure<IOptions<DatabaseOptions>>((store, database) =>
            store.SchemaProvisioning = database.Value.ProvisionSchema ? SchemaProvisioning.CreateIfMissing : SchemaProvisioning.Validate);
        services.AddOptions<ThreadPoolOptions>().Configure<IOptions<SchedulingOptions>, IEnumerable<IRecurringJob>>(
            // A thread for each run the lanes let in, for each recurring work of the cluster, and for the reconciling.
            (pool, options, recurring) => pool.MaxConcurrency = options.Value.MaxRunsAtOnce + options.Value.MaxLongRunsAtOnce + recurring.Count(job => !job.IsOfEveryProcess) + 1);
        services.AddHostedService<ReconcileStart>();
        services.AddHostedService<RecurringStart>();
        services.AddHostedService<RoundsOfProcess>();
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddHealthChecks().AddQuartz();
        return services;
    }
}
