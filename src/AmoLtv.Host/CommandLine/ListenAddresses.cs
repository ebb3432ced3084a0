using System.Net;
using System.Net.Sockets;

namespace AmoLtv.Host.CommandLine;

/// <summary>Looks at the addresses to listen on before anything is begun: the server itself would say so last, and at length.</summary>
internal static class ListenAddresses
{
    /// <param name="urls">Separated by semicolons; null or empty: the server's own default.</param>
    /// <exception cref="CommandFailedException">One is no address, or another program listens there.</exception>
    public static void Check(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Try(url, Read(url));
        }
    }

    private static BindingAddress Read(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.Scheme is "http" or "https" && address.PathBase.Length == 0)
            {
                return address;
            }
        }
        catch (FormatException)
        {
            // Said below, with what is allowed.
        }

        throw new CommandFailedException($"--urls: '{url}' is not allowed; http://HOST:PORT, several separated by semicolons.");
    }

    private static void Try(string url, BindingAddress address)
    {
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port is < 1 or > IPEndPoint.MaxPort)
        {
            return;
        }

        var ip = IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) ? literal
            : string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.Any;
        try
        {
            using var listener = new TcpListener(ip, address.Port);
            listener.Start();
        }
        catch (SocketException failure)
        {
            throw new CommandFailedException($"--urls: the service cannot listen at {url}: {failure.Message}.");
        }
    }
}
