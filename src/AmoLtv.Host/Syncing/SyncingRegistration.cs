using AmoLtv.Host.Running;

namespace AmoLtv.Host.Syncing;

/// <summary>Registers the step that reads accounts.</summary>
public static class SyncingRegistration
{
    public static IServiceCollection AddSyncing(this IServiceCollection services)
    {
        services.AddSingleton<ScanStore>();
        services.AddSingleton<AccountListsStore>();
        services.AddSingleton<StageEntryStore>();
        services.AddSingleton<LossStore>();
        services.AddSingleton<LossReading>();
        services.AddSingleton<IRunStep, SyncStep>();
        return services;
    }
}
