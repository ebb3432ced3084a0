using System.Text.Json;
using AmoLtv.Host.CommandLine;
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
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
                store.UseClustering();
                store.ProvisionSchema();
                // A run cut off by a stopping service is taken up by another process, or by this one when it is back.
                store.ConfigureStore(options =>
                {
                    options.RecoverFiringsCancelledByShutdown = true;
                    options.MisfireHandlerFrequency = TimeSpan.FromSeconds(15);
                });
            });
        });
        services.AddOptions<ThreadPoolOptions>().Configure<IOptions<SchedulingOptions>, IEnumerable<IRecurringJob>>(
            // More than runs: schedules go on following the accounts, and recurring work is done, while every run is busy.
            (pool, options, recurring) => pool.MaxConcurrency = options.Value.MaxRunsAtOnce + 1 + recurring.Count());
        services.AddHostedService<ReconcileStart>();
        services.AddHostedService<RecurringStart>();
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database").AddQuartz();
        return services;
    }
}
