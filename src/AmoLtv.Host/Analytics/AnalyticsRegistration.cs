using AmoLtv.Host.Analytics.Answers;
using AmoLtv.Host.Analytics.Lists;
using AmoLtv.Host.Analytics.Products;
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
        .AddSingleton<SoldProductStore>()
        .AddSingleton<OwnProductStore>()
        .AddSingleton<ProductNameStore>()
        .AddSingleton<ProductAnswerReader>()
        .AddSingleton<TraitStore>()
        .AddSingleton<AnalysisStore>()
        .AddSingleton<GapStore>()
        .AddSingleton<AnalysisSaving>()
        .AddSingleton<AnalysisCatalog>()
        .AddSingleton<IRunStep, AnalyseStep>()
        .AddSingleton<DocumentReader>()
        .AddSingleton<AccountNameStore>()
        .AddSingleton<OwnClientStore>()
        .AddSingleton<BaseDayStore>()
        .AddSingleton<MoveReader>()
        .AddSingleton<LearnedForecastStore>()
        .AddSingleton<TaskSumStore>()
        .AddSingleton<FilterStore>()
        .AddSingleton<AnswerReader>()
        .AddSingleton<ClientListStore>()
        .AddSingleton<LeadListStore>();
}
