using System.Net;
using System.Net.Sockets;

namespace AmoLtv.Host.Notices;

/// <summary>Where a webhook may lead: over https to an address of the internet, whatever its name resolves to at that moment.</summary>
internal static class WebhookTarget
{
    /// <summary>Why an address cannot be used, in words; null where it can.</summary>
    public static string? Trouble(string url, bool allowsLoopback)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            return "is no address of the form https://host/path";
        }

        if (allowsLoopback && address.IsLoopback && address.Scheme is "http" or "https")
        {
            return null;
        }

        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return "is not https";
        }

        var isClosed = IPAddress.TryParse(address.DnsSafeHost, out var number) ? !PublicAddress.Is(number) : address.IsLoopback;
        return isClosed ? "leads into a private network" : null;
    }

    /// <summary>Connects to the first address a name has, unless one of them is private: then the name is not to be trusted at all.</summary>
    /// <exception cref="HttpRequestException">The name leads into a private network.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint point, bool allowsLoopback, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(point.Host, cancellationToken);
        if (addresses.Length == 0 || addresses.Any(address => !PublicAddress.Is(address) && !(allowsLoopback && IPAddress.IsLoopback(address))))
        {
            throw new HttpRequestException($"the host {point.Host} leads into a private network");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, point.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
