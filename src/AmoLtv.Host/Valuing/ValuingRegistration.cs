using AmoLtv.Host.Running;

namespace AmoLtv.Host.Valuing;

/// <summary>Registers the services of this slice.</summary>
public static class ValuingRegistration
{
    public static IServiceCollection AddValuing(this IServiceCollection services) => services
        .AddSingleton<ValuedAccountStore>()
        .AddSingleton<ReadValuesStore>()
        .AddSingleton<LeadStore>()
        .AddSingleton<IRunStep, RecalculateStep>();
}
