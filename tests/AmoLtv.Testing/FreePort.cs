using System.Net;
using System.Net.Sockets;

namespace AmoLtv.Testing;

/// <summary>Ports for servers whose address has to be known before they start.</summary>
public static class FreePort
{
    // Below the ports that systems hand out by themselves, Linux from 32768 on: those could be taken by any other
    // server or connection between the moment they are looked up and the moment they are used.
    private const int First = 15_000;
    private const int Count = 15_000;

    private static int _last = Random.Shared.Next(Count);

    /// <summary>A port of loopback that was free a moment ago and is given to nobody else in this process.</summary>
    /// <exception cref="InvalidOperationException">None is free.</exception>
    public static int Next()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (Interlocked.Increment(ref _last) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No port from {First} to {First + Count - 1} is free.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
