using System.Text.Json;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>A document as it is stored.</summary>
internal sealed record StoredDocument(long Run, DateTimeOffset CalculatedAt, string Text)
{
    public T Read<T>() => JsonSerializer.Deserialize<T>(Text, SettingsJson.Options) ?? throw new JsonException("A document is null.");
}
