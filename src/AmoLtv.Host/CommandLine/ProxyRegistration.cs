using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.CommandLine;

/// <summary>
/// Takes the client's address and whether it came over TLS from the proxies the operator named, so that limits count clients and not the proxy.
/// The name of the host is never taken from anybody.
/// </summary>
internal static class ProxyRegistration
{
    public static IServiceCollection AddProxies(this IServiceCollection services)
    {
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsCheck>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((headers, proxies) => Trust(headers, proxies.Value.KnownProxies));
        return services;
    }

    private static void Trust(ForwardedHeadersOptions headers, List<string> proxies)
    {
        // The middleware believes everybody where its lists are empty: without a proxy it must read no header at all.
        headers.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        headers.ForwardLimit = null;
        headers.KnownIPNetworks.Clear();
        headers.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            headers.KnownProxies.Add(IPAddress.Parse(proxy));
        }
    }
}
