using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace AmoLtv.Host.Pages;

/// <summary>The page as it goes out: the built one, which learns here by whom it is framed.</summary>
public static partial class PageDocument
{
    /// <summary>Names the only origin that the page speaks with; empty where it is opened on its own.</summary>
    private const string Name = "amoltv-parent";

    /// <param name="built">The built <c>index.html</c>.</param>
    /// <param name="parent">Origin of the account's pages, null for a page opened on its own.</param>
    public static string Compose(string built, Uri? parent)
    {
        var origin = parent is null ? "" : HtmlEncoder.Default.Encode(Origin(parent));
        var meta = $"<meta name=\"{Name}\" content=\"{origin}\">";
        return Meta().IsMatch(built) ? Meta().Replace(built, meta, 1) : Head().Replace(built, "$0" + meta, 1);
    }

    /// <summary>
    /// What the page may do: run its own scripts, speak with this service alone, and be framed by its account alone. Attributes of style
    /// are allowed since the charts draw with them; elements of style are not.
    /// </summary>
    public static string Policy(Uri? parent) =>
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; "
        + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors " + (parent is null ? "'none'" : Origin(parent));

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    [GeneratedRegex("<meta\\s+name=\"" + Name + "\"[^>]*>", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Meta();

    [GeneratedRegex("<head[^>]*>", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Head();
}
