using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AmoLtv.Sandbox.Control;

/// <summary>
/// Reads ordered failures: as JSON (<c>{"kind":"500","path":"/api/v4/*","probability":0.02}</c>) or as one line for the
/// command line (<c>500,p=0.02,path=/api/v4/*;lost,p=0.01;429,p=0.01,burst=5,retryAfter=2</c>).
/// </summary>
internal static class FaultReader
{
    /// <summary>The words for failures.</summary>
    public static IReadOnlyDictionary<string, FaultKind> Words { get; } = new Dictionary<string, FaultKind>(StringComparer.Ordinal)
    {
        ["html"] = FaultKind.Html, ["500"] = FaultKind.ServerError, ["502"] = FaultKind.BadGateway, ["503"] = FaultKind.Unavailable, ["504"] = FaultKind.GatewayTimeout,
        ["timeout"] = FaultKind.Timeout, ["truncated"] = FaultKind.Truncated, ["stalled"] = FaultKind.Stalled, ["lost"] = FaultKind.Lost, ["reset"] = FaultKind.Reset,
        ["429"] = FaultKind.TooManyRequests, ["403"] = FaultKind.Forbidden, ["402"] = FaultKind.PaymentRequired, ["latency"] = FaultKind.Latency,
        ["duplicate"] = FaultKind.DuplicatePage, ["shift"] = FaultKind.ShiftedPage, ["skip"] = FaultKind.SkippedRows, ["skew"] = FaultKind.Skew,
    };

    public static string WordOf(FaultKind kind) => Words.First(word => word.Value == kind).Key;

    /// <exception cref="FormatException">It is no failure; the message says why, for a person.</exception>
    public static Fault Read(JsonElement rule)
    {
        var word = rule.ValueKind == JsonValueKind.Object && rule.TryGetProperty("kind", out var kind) ? kind.ToString() : "";
        if (!Words.TryGetValue(word, out var known))
        {
            throw new FormatException($"'{word}' is no kind of fault. A fault has a kind: {string.Join(", ", Words.Keys)}; and a path, exact or a prefix ending in *.");
        }

        var probability = Number(rule, "probability");
        if (probability is < 0 or > 1)
        {
            throw new FormatException("A probability is between 0 and 1.");
        }

        return new Fault(Text(rule, "path") ?? "*", Text(rule, "method"), known, (int)(Number(rule, "after") ?? 0), (int?)Number(rule, "count") ?? (probability is null ? 1 : null))
        {
            Probability = probability ?? 1,
            Burst = (int)(Number(rule, "burst") ?? 1),
            Milliseconds = (int?)Number(rule, "ms") ?? (known == FaultKind.Latency ? 200 : null),
            RetryAfter = (int?)Number(rule, "retryAfter"),
            Rows = (int)(Number(rule, "rows") ?? 1),
            Seconds = Number(rule, "seconds") ?? 0,
        };
    }

    /// <summary>A line of rules, or JSON: an array of rules, or an object with <c>rules</c>.</summary>
    /// <exception cref="FormatException">A rule cannot be read.</exception>
    public static IReadOnlyList<Fault> ReadPlan(string text)
    {
        if (text.TrimStart() is not ['[' or '{', ..])
        {
            return [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(FromLine)];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            var rules = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement : document.RootElement.GetProperty("rules");
            return [.. rules.EnumerateArray().Select(Read)];
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The faults cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private static Fault FromLine(string line)
    {
        var parts = line.Split(',', StringSplitOptions.TrimEntries);
        var rule = new JsonObject { ["kind"] = parts[0] };
        foreach (var part in parts[1..])
        {
            var border = part.IndexOf('=', StringComparison.Ordinal);
            if (border < 1)
            {
                throw new FormatException($"'{part}' is not NAME=VALUE.");
            }

            var (name, value) = (part[..border] == "p" ? "probability" : part[..border], part[(border + 1)..]);
            rule[name] = double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : value;
        }

        return Read(rule.Deserialize<JsonElement>());
    }

    private static string? Text(JsonElement rule, string name) => rule.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement rule, string name) => rule.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
