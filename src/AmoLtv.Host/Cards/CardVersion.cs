using Microsoft.Net.Http.Headers;

namespace AmoLtv.Host.Cards;

/// <summary>The version of a card as HTTP carries it: a strong entity tag.</summary>
public static class CardVersion
{
    public static string ETagOf(string version) => $"\"{version}\"";

    /// <summary>The version that a request says it has; null where it names none, several or any.</summary>
    public static string? KnownTo(HttpRequest request) =>
        request.GetTypedHeaders().IfNoneMatch is [var tag] && !tag.Equals(EntityTagHeaderValue.Any)
            ? tag.Tag.Value?.Trim('"')
            : null;
}
