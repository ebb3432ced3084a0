namespace AmoLtv.Host.Operations;

/// <summary>Registers the services of this slice.</summary>
public static class OperationsRegistration
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<RunRequestStore>();
        services.AddSingleton<RequestDesk>();
        services.AddSingleton<RunReader>();
        services.AddSingleton<ChangeReader>();
        services.AddSingleton<AccountZone>();
        services.AddSingleton<UndoReader>();
        services.AddSingleton<ConflictReader>();
        services.AddSingleton<QueueReader>();
        services.AddSingleton<TaskReader>();
        services.AddSingleton<ExchangeSearch>();
        return services;
    }

    /// <summary>For the server alone: streams of progress, and taking up what people ask for.</summary>
    public static IServiceCollection AddOperationsWatch(this IServiceCollection services)
    {
        services.AddSingleton<ProgressTelling>();
        services.AddHostedService<RequestRounds>();
        return services;
    }
}
