using System.Text.Json;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>What may be assumed of the body of an answer.</summary>
internal static class CrmBody
{
    public const int MaxProblemBytes = 256 * 1024;

    /// <summary>An error that names every card of a batch is far smaller.</summary>
    public const int MaxKeptBytes = 4 * 1024 * 1024;

    /// <summary>Errors of proxies before the CRM are HTML: only the declared type tells.</summary>
    public static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type
        && (type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    /// <summary>What an OAuth answer says of the code or token itself.</summary>
    public static string? Hint(JsonElement problem) => Json.Text(problem, "hint") is { Length: > 0 } hint ? hint : null;

    /// <summary>The CRM's own words of an error: the <c>hint</c> of an OAuth answer, else <c>detail</c>, else <c>title</c>.</summary>
    public static string? Words(JsonElement problem) =>
        Hint(problem) ?? Json.Text(problem, "detail") ?? Json.Text(problem, "title");
}
