namespace AmoLtv.Host.Running;

/// <summary>Registers the services of this slice.</summary>
public static class RunningRegistration
{
    public static IServiceCollection AddRunning(this IServiceCollection services) => services;
}
