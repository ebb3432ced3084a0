namespace AmoLtv.Host.Settings;

/// <summary>Registers the services of this slice.</summary>
public static class SettingsRegistration
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton<SettingsStore>()
        .AddSingleton<ExclusionStore>()
        .AddSingleton<ChannelSpendStore>()
        .AddSingleton<CurrencyStore>()
        .AddSingleton<UnreadValueStore>()
        .AddSingleton<FreshnessStore>()
        .AddSingleton<FollowedChange>()
        .AddSingleton<TrailedChange>()
        .AddSingleton<TrailStore>()
        .AddSingleton<DraftStore>()
        .AddSingleton<CatalogStore>()
        .AddSingleton<SettingsReader>()
        .AddSingleton<SettingsSaving>()
        .AddSingleton<SpendChangeStore>();
}
