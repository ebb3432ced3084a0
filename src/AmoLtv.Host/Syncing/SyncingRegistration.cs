using AmoLtv.Host.Running;

namespace AmoLtv.Host.Syncing;

/// <summary>Registers the steps that read accounts.</summary>
public static class SyncingRegistration
{
    public static IServiceCollection AddSyncing(this IServiceCollection services)
    {
        services.AddOptions<SyncingOptions>()
            .BindConfiguration(SyncingOptions.Section)
            .Validate(options => options.MaxLeads >= 250, "Syncing:MaxLeads: not allowed; 250 or more, the leads that one account may have.")
            .ValidateOnStart();
        services.AddSingleton<ScanStore>();
        services.AddSingleton<CardStore>();
        services.AddSingleton<AccountListsStore>();
        services.AddSingleton<SyncStateStore>();
        services.AddSingleton<LooseEndStore>();
        services.AddSingleton<LooseEnds>();
        services.AddSingleton<ChangeMarkStore>();
        services.AddSingleton<ChangeFollow>();
        services.AddSingleton<StageReading>();
        services.AddSingleton<StageEntryStore>();
        services.AddSingleton<ProductStore>();
        services.AddSingleton<ProductReading>();
        services.AddSingleton<LossStore>();
        services.AddSingleton<LossReading>();
        services.AddSingleton<IRunStep, SyncStep>();
        services.AddSingleton<IRunStep, SyncChangesStep>();
        return services;
    }
}
