using System.Net;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.CommandLine;

/// <summary>Names each wrong key of the section <c>Proxy</c> and what is allowed there.</summary>
internal sealed class ProxyOptionsCheck : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        var errors = options.KnownProxies
            .Select((proxy, index) => (proxy, index))
            .Where(known => !IPAddress.TryParse(known.proxy, out _))
            .Select(known => $"Proxy:KnownProxies:{known.index}: '{known.proxy}' is not allowed; an IP address, for example 127.0.0.1.")
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
