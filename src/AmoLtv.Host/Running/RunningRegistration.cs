namespace AmoLtv.Host.Running;

/// <summary>Registers the services of this slice.</summary>
public static class RunningRegistration
{
    public static IServiceCollection AddRunning(this IServiceCollection services)
    {
        services.AddSingleton<ProcessPresence>();
        services.AddSingleton<LeaseStore>();
        services.AddSingleton<RunStore>();
        services.AddTransient<AccountRunner>();
        return services;
    }
}
