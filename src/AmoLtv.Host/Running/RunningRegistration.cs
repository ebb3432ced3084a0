namespace AmoLtv.Host.Running;

/// <summary>Registers the services of this slice.</summary>
public static class RunningRegistration
{
    public static IServiceCollection AddRunning(this IServiceCollection services)
    {
        services.AddOptions<RunningOptions>()
            .BindConfiguration(RunningOptions.Section)
            .Validate(options => options.MemoryMb is null or >= RunMemory.SmallMb, $"Running:MemoryMb: not allowed; {RunMemory.SmallMb} or more, the MiB that valuations and analyses may take together.")
            .ValidateOnStart();
        services.AddSingleton<RunMemory>();
        services.AddSingleton<ProcessPresence>();
        services.AddSingleton<LeaseStore>();
        services.AddSingleton<RunStore>();
        services.AddTransient<AccountRunner>();
        return services;
    }
}
