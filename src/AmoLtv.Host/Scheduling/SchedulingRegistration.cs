namespace AmoLtv.Host.Scheduling;

/// <summary>Registers the services of this slice.</summary>
public static class SchedulingRegistration
{
    public static IServiceCollection AddScheduling(this IServiceCollection services) => services;
}
