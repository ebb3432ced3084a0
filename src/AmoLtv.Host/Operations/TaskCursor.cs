using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace AmoLtv.Host.Operations;

/// <summary>The task at which a part of the list ended; opaque to whoever carries it.</summary>
internal sealed record TaskCursor(DateTime FoundAt, decimal Value, long Customer, int Scope, string Reason)
{
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <returns>Null for anything that was not given out, which begins at the newest.</returns>
    public static TaskCursor? Parse(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize<TaskCursor>(Base64Url.DecodeFromChars(text)) switch
            {
                { Reason: { } reason, FoundAt.Kind: DateTimeKind.Utc } cursor when !reason.Contains('\0', StringComparison.Ordinal) => cursor,
                _ => null,
            };
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or DecoderFallbackException)
        {
            return null;
        }
    }
}
