using System.Text;
using System.Text.RegularExpressions;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>An address as it may be logged: the path, and of its query the values that can be nobody's personal data.</summary>
public static partial class LoggedPath
{
    private const int Longest = 500;

    /// <summary>Ids, times, kinds and places in a list stay; a search, a name, a code or a value of a field is written as an ellipsis.</summary>
    public static string Of(Uri address)
    {
        var path = new StringBuilder(address.AbsolutePath);
        var separator = '?';
        foreach (var part in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2) is [var one, var two] ? (one, two) : (part, "");
            name = Uri.UnescapeDataString(name);
            var isPlain = Plain().IsMatch(name);
            // A name may hold anything too, once it is not one we know.
            path.Append(separator).Append(isPlain || Known().IsMatch(name) ? name : "…").Append('=').Append(isPlain ? Uri.UnescapeDataString(value) : "…");
            separator = '&';
        }

        return path.Length <= Longest ? path.ToString() : path.ToString(0, Longest - 1) + "…";
    }

    [GeneratedRegex(
        @"\A(page|limit|with|language_code|order\[\w+\]|filter\[(id|entity|entity_id|type|(created|updated|closed)_at|pipeline_id|statuses|is_completed)\](\[\w*\])*|filter\[value_(after|before)\]\[leads_statuses\](\[\w*\])*)\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(query|[a-z_]+|filter\[[a-z_]+\](\[\d*\]|\[[a-z_]+\])*)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Known();
}
