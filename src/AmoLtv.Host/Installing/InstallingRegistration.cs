using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.Running;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Installing;

/// <summary>Registers OAuth, tokens and the connections to accounts.</summary>
public static class InstallingRegistration
{
    public static IServiceCollection AddInstalling(this IServiceCollection services)
    {
        services.AddOptions<IntegrationsOptions>()
            .Configure<IConfiguration>((options, configuration) => configuration.GetSection(IntegrationsOptions.Section).Bind(options.Items))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<IntegrationsOptions>, IntegrationsCheck>();
        services.AddOptions<CrmOptions>().BindConfiguration(CrmOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CrmOptions>, CrmOptionsCheck>();
        services.AddOptions<KeyOptions>().BindConfiguration(KeyOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyOptions>, KeyOptionsCheck>();
        services.AddSingleton<IValidateOptions<KeyOptions>, KeyFolderCheck>();

        services.AddAmoCrm(provider =>
        {
            var options = provider.GetRequiredService<IOptions<CrmOptions>>().Value;
            return new CrmTransportOptions(
                options.RequestsPerSecond, TimeSpan.FromSeconds(options.TimeoutSeconds), options.EgressPerSecond, options.KommoEgressPerSecond, options.Processes);
        });
        services.AddSingleton<IntegrationDirectory>();
        services.AddSingleton<SecretProtector>();
        services.AddSingleton<GrantStore>();
        services.AddSingleton<RenewalTurns>();
        services.AddSingleton<AccountRelocation>();
        services.AddSingleton<TokenRenewal>();
        services.AddSingleton<RenewedPairs>();
        services.AddHostedService(provider => provider.GetRequiredService<RenewedPairs>());
        services.AddSingleton<TokenKeeper>();
        services.AddSingleton<CrmConnections>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<OAuthStates>();
        services.AddSingleton<PendingGrantStore>();
        services.AddSingleton<GrantExchange>();
        services.AddSingleton<InstallLimit>();
        services.AddSingleton<InstallLeftovers>();
        services.AddSingleton<InstallStart>();
        services.AddSingleton<InstallCallback>();
        services.AddSingleton<GrantDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<GrantDrain>());
        services.AddConnections();
        return services;
    }

    /// <summary>What looks after connections once they are made, and what ends them.</summary>
    private static void AddConnections(this IServiceCollection services)
    {
        services.AddSingleton<ConnectionStore>();
        services.AddSingleton<ConnectionFactsStore>();
        services.AddSingleton<ConnectionReport>();
        services.AddSingleton<ConnectionProbe>();
        services.AddSingleton<ProbeDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<ProbeDrain>());
        services.AddSingleton<UninstallCallback>();
        services.AddSingleton<ErasureStore>();
        services.AddSingleton<AccountEraser>();
        services.AddSingleton<ConnectionWatch>();
        services.AddSingleton<IRecurringJob>(provider => provider.GetRequiredService<ConnectionWatch>());
        services.AddSingleton<LongLivedConnect>();
    }
}
