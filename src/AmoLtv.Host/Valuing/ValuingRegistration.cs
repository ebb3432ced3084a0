using AmoLtv.Host.Running;

namespace AmoLtv.Host.Valuing;

/// <summary>Registers the services of this slice.</summary>
public static class ValuingRegistration
{
    public static IServiceCollection AddValuing(this IServiceCollection services)
    {
        services.AddOptions<ValuingOptions>().BindConfiguration(ValuingOptions.Section);
        return services
            .AddSingleton<ValuedAccountStore>()
            .AddSingleton<ReadValuesStore>()
            .AddSingleton<LeadStore>()
            .AddSingleton<VerdictUpdate>()
            .AddSingleton<Relearning>()
            .AddSingleton<RevaluationReader>()
            .AddSingleton<IRunStep, RecalculateStep>();
    }
}
