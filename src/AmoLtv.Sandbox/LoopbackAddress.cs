using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AmoLtv.Sandbox;

/// <summary>Where a sandbox may listen.</summary>
internal sealed record LoopbackAddress(IPEndPoint Where, bool IsSecure)
{
    /// <exception cref="SandboxException">It is no address, or one that others could reach.</exception>
    public static LoopbackAddress Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new SandboxException($"'{url}' is no address: write http://127.0.0.1:PORT or https://127.0.0.1:PORT, port 0 for a free one.");
        }

        var host = string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip : null;
        if (host is null || !IPAddress.IsLoopback(host))
        {
            throw new SandboxException(string.Create(CultureInfo.InvariantCulture, $"The sandbox has no passwords and listens on loopback alone, not on {address.Host}."));
        }

        return new LoopbackAddress(new IPEndPoint(host, address.Port), address.Scheme == Uri.UriSchemeHttps);
    }

    public void ListenWith(KestrelServerOptions kestrel) => kestrel.Listen(Where, listen =>
    {
        if (IsSecure)
        {
            listen.UseHttps(SelfMadeCertificate.Create(TimeProvider.System.GetUtcNow()));
        }
    });
}
