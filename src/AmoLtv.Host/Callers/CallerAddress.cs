using System.Net;
using System.Net.Sockets;

namespace AmoLtv.Host.Callers;

/// <summary>What counts as one caller where addresses are counted. Pure.</summary>
internal static class CallerAddress
{
    private const int NetworkBytes = 8;

    /// <summary>
    /// The address itself in IPv4; in IPv6 its network of 64 bits, all of whose addresses are one customer's (RFC 6177): each request could
    /// come from another one.
    /// </summary>
    /// <param name="address">Null where the connection has none.</param>
    public static IPAddress? Of(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
