using System.Net;
using System.Text.RegularExpressions;

namespace AmoLtv.AmoCrm.OAuth;

/// <summary>
/// Which hosts may be sent a secret or a token. The address of an account arrives in a browser's query (<c>referer</c>), so anything
/// that is not plainly a vendor's host, or one the operator added, is refused before any call.
/// </summary>
public static partial class CrmHost
{
    /// <summary>The address to call for a <c>referer</c>, or null where it is not on the list.</summary>
    /// <param name="referer">Host, or host:port for hosts of the operator; no scheme, path or user.</param>
    /// <param name="extraHosts">Hosts of the operator as <see cref="TryParseExtra"/> reads them.</param>
    public static Uri? Accept(string? referer, IReadOnlyCollection<Uri> extraHosts)
    {
        if (string.IsNullOrEmpty(referer) || referer.Length > 253)
        {
            return null;
        }

        if (VendorHost().IsMatch(referer))
        {
            return new Uri("https://" + referer);
        }

        return extraHosts.FirstOrDefault(extra => string.Equals(Written(extra), referer, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>True for an address this rule gave, now or before: the check repeated wherever a secret or token is sent.</summary>
    public static bool IsAccepted(Uri baseAddress, IReadOnlyCollection<Uri> extraHosts) =>
        Accept(Written(baseAddress), extraHosts) is { } accepted
        && accepted.Scheme == baseAddress.Scheme
        && accepted.Authority == baseAddress.Authority;

    /// <summary>True for amocrm.ru, amocrm.com and kommo.com, whose first label is the account's subdomain.</summary>
    public static bool IsVendor(Uri baseAddress) =>
        baseAddress.Scheme == Uri.UriSchemeHttps && baseAddress.IsDefaultPort && VendorHost().IsMatch(baseAddress.Host);

    /// <summary>
    /// Reads a host the operator added: <c>host[:port]</c>, or with <c>https://</c> or <c>http://</c> before it. Without a scheme a
    /// loopback host is called over http and any other over https; http elsewhere than on loopback is refused.
    /// </summary>
    public static bool TryParseExtra(string text, out Uri address)
    {
        address = null!;
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? text : "https://" + text, UriKind.Absolute, out var parsed)
            || parsed.PathAndQuery != "/" || parsed.Fragment.Length > 0 || parsed.UserInfo.Length > 0 || parsed.Host.Length == 0
            || text.EndsWith('/'))
        {
            return false;
        }

        var isLoopback = IsLoopback(parsed);
        if (!hasScheme && isLoopback)
        {
            parsed = new Uri("http://" + text);
        }

        if (parsed.Scheme != Uri.UriSchemeHttps && !(parsed.Scheme == Uri.UriSchemeHttp && isLoopback))
        {
            return false;
        }

        address = new Uri(parsed.GetLeftPart(UriPartial.Authority));
        return true;
    }

    /// <summary>Only literal loopback addresses and the name <c>localhost</c>: other names may resolve to anything tomorrow.</summary>
    public static bool IsLoopback(Uri address) =>
        string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip));

    private static string Written(Uri address) => address.IsDefaultPort ? address.Host : $"{address.Host}:{address.Port}";

    // \z and not $: the latter lets a line feed pass at the end.
    [GeneratedRegex(@"\A[a-z0-9-]+\.(amocrm\.ru|amocrm\.com|kommo\.com)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex VendorHost();
}
