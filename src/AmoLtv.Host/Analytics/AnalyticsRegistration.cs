using AmoLtv.Host.Running;

namespace AmoLtv.Host.Analytics;

/// <summary>Registers the services of this slice.</summary>
public static class AnalyticsRegistration
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services) => services
        .AddSingleton<AnalysedAccountStore>()
        .AddSingleton<AnalysedClientStore>()
        .AddSingleton<AnalysedPurchaseStore>()
        .AddSingleton<LostLeadStore>()
        .AddSingleton<TraitStore>()
        .AddSingleton<AnalysisStore>()
        .AddSingleton<AnalysisCatalog>()
        .AddSingleton<IRunStep, AnalyseStep>();
}
