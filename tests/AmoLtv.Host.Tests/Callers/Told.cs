using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>What a caller was told, and whose rows of which tables were written meanwhile.</summary>
/// <param name="Status">Of the answer.</param>
/// <param name="Words">The answer without what would differ if the same were asked again.</param>
/// <param name="NeighboursTables">Tables of which rows of the neighbour were written.</param>
internal sealed partial record Told(HttpStatusCode Status, string Words, IReadOnlyList<string> NeighboursTables)
{
    /// <summary>Takes out of an answer what is drawn by lot, moments of this very asking, and the number and address of who asks.</summary>
    /// <param name="answer">As it came.</param>
    /// <param name="varying">Properties that are drawn by lot.</param>
    /// <param name="since">When the asking began: earlier moments are somebody's data.</param>
    /// <param name="by">Who asked.</param>
    public static string Settle(string answer, IEnumerable<string> varying, DateTimeOffset since, ApiCaller by)
    {
        var drawn = Property().Replace(answer, property => varying.Append("traceId").Contains(property.Groups["name"].Value, StringComparer.Ordinal)
            ? $"\"{property.Groups["name"].Value}\":…"
            : property.Value);
        return Moment().Replace(drawn, moment => DateTimeOffset.Parse(moment.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) >= since ? "now" : moment.Value)
            .Replace(by.Address.Authority, "own address", StringComparison.Ordinal)
            .Replace(by.Account.Value.ToString(CultureInfo.InvariantCulture), "own number", StringComparison.Ordinal);
    }

    /// <summary>In words, from a little before where it differs from what was told another time.</summary>
    public string Beside(Told other)
    {
        var same = Words.Zip(other.Words).TakeWhile(signs => signs.First == signs.Second).Count();
        var written = NeighboursTables.Count > 0 ? " and wrote rows of the neighbour: " + string.Join(", ", NeighboursTables) : "";
        return $"{(int)Status} …{string.Concat(Words.Skip(same - 80).Take(300))}{written}";
    }

    [GeneratedRegex("\"(?<name>\\w+)\":\"[^\"]*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Property();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Moment();
}
