namespace AmoLtv.Host.CommandLine;

/// <summary>Which reverse proxies stand before the service (section <c>Proxy</c>).</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>IP addresses whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed; with none, nobody's is.</summary>
    public List<string> KnownProxies { get; init; } = [];
}
