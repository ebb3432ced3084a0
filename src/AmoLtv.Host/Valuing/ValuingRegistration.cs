using AmoLtv.Host.Running;
using AmoLtv.Host.Valuing.Previewing;

namespace AmoLtv.Host.Valuing;

/// <summary>Registers the services of this slice.</summary>
public static class ValuingRegistration
{
    public static IServiceCollection AddValuing(this IServiceCollection services)
    {
        services.AddOptions<ValuingOptions>()
            .BindConfiguration(ValuingOptions.Section)
            .Validate(options => options.LargeBaseClients >= 2, "Valuing:LargeBaseClients: not allowed; 2 or more, the clients from which an account is large.")
            .ValidateOnStart();
        return services
            .AddSingleton<ValuedAccountStore>()
            .AddSingleton<ReadValuesStore>()
            .AddSingleton<LeadStore>()
            .AddSingleton<VerdictUpdate>()
            .AddSingleton<Relearning>()
            .AddSingleton<RevaluationReader>()
            .AddSingleton<PreviewedLeads>()
            .AddSingleton<PreviewReader>()
            .AddHostedService<PreviewWarming>()
            .AddSingleton<IRunStep, RecalculateStep>();
    }
}
