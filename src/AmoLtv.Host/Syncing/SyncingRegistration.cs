namespace AmoLtv.Host.Syncing;

/// <summary>Registers the services of this slice.</summary>
public static class SyncingRegistration
{
    public static IServiceCollection AddSyncing(this IServiceCollection services) => services;
}
