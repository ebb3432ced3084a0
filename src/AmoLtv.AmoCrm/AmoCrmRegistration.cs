using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.AmoCrm;

/// <summary>Registers the CRM's client. The process shares one <see cref="RequestPacers"/> and one <see cref="Circuits"/>.</summary>
public static class AmoCrmRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <param name="options">Read once, at the first use.</param>
    public static IServiceCollection AddAmoCrm(this IServiceCollection services, Func<IServiceProvider, CrmTransportOptions> options)
    {
        services.AddHttpClient(CrmHttp.HandlerName)
            .ConfigurePrimaryHttpMessageHandler(() => CrmHttp.CreateHandler(ConnectTimeout))
            // The default loggers would write addresses with their queries.
            .RemoveAllLoggers();
        services.AddSingleton(options);
        services.AddSingleton<Circuits>();
        services.AddSingleton<RequestPacers>();
        services.AddSingleton<CrmHttp>();
        services.AddSingleton<AmoCrmClientFactory>();
        services.AddSingleton<OAuthClient>();
        return services;
    }
}
