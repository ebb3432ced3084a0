using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>Where a part of a list ended; opaque to whoever carries it.</summary>
/// <param name="Sort">Order it belongs to.</param>
/// <param name="Key">Value sorted by, as the database writes it.</param>
/// <param name="Id">First of the columns that tell equal keys apart.</param>
/// <param name="Scope">Second of them.</param>
internal sealed record ListCursor(string Sort, string Key, long Id, long Scope)
{
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <exception cref="BadFilterException">It is no cursor of this order.</exception>
    public static ListCursor? Parse(string? text, string sort)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            if (JsonSerializer.Deserialize<ListCursor>(Base64Url.DecodeFromChars(text)) is { Key: not null } cursor && cursor.Sort == sort
                && !cursor.Key.Contains('\0', StringComparison.Ordinal))
            {
                return cursor;
            }
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or DecoderFallbackException)
        {
            // Said below, in one way.
        }

        throw new BadFilterException("The cursor does not belong to this list: ask for its first part.");
    }
}
