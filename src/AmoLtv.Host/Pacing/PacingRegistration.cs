using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.Host.Pacing;

/// <summary>Registers what the processes share of the permitted rate and of accounts that refuse.</summary>
public static class PacingRegistration
{
    public static IServiceCollection AddPacing(this IServiceCollection services)
    {
        services.AddSingleton<AccountNumbers>();
        services.AddSingleton<IRequestPermits, PermitStore>();
        services.AddSingleton<CircuitStore>();
        services.AddSingleton<ICircuitStore>(provider => provider.GetRequiredService<CircuitStore>());
        services.AddSingleton<CircuitProbing>();
        services.AddHostedService(provider => provider.GetRequiredService<CircuitProbing>());
        return services;
    }
}
