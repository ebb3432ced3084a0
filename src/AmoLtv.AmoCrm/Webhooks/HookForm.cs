using System.Buffers.Text;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.AmoCrm.Webhooks;

/// <summary>
/// Reads the body of a webhook: a form with PHP's nested keys, <c>leads[update][0][id]=19619</c>. Only numbers and times of cards are
/// taken; names and values of fields are passed over and never kept. Companies come under <c>contacts</c> with their <c>type</c>.
/// Any body can be read: what is not understood is left out.
/// </summary>
public static class HookForm
{
    /// <summary>Longer keys lead into values of fields.</summary>
    private const int LongestKey = 128;

    private const int LongestNumber = 20;

    /// <summary>Cards of one body; those beyond are looked for another way.</summary>
    private const int MostCards = 1000;

    private static readonly long LatestTime = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static HookContent Read(ReadOnlySpan<byte> body)
    {
        var reading = new HookReading(MostCards);
        Span<byte> key = stackalloc byte[LongestKey];
        Span<byte> number = stackalloc byte[LongestNumber];
        while (!body.IsEmpty)
        {
            var end = body.IndexOf((byte)'&');
            var pair = end < 0 ? body : body[..end];
            body = end < 0 ? [] : body[(end + 1)..];
            var equals = pair.IndexOf((byte)'=');
            if (equals <= 0 || Decode(pair[..equals], key) is not { } keyLength || !HookKey.TryRead(key[..keyLength], out var name))
            {
                continue;
            }

            var value = Decode(pair[(equals + 1)..], number) is { } length ? number[..length] : default;
            reading.Take(name, key[..name.CardLength], value);
        }

        return reading.Content();
    }

    /// <summary>A whole number above zero, null for anything else.</summary>
    internal static long? Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length && number > 0 ? number : null;

    internal static DateTimeOffset? Time(ReadOnlySpan<byte> text) =>
        Number(text) is { } seconds && seconds <= LatestTime ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Takes percent signs and pluses back.</summary>
    /// <returns>Bytes written; null where there is no room for them.</returns>
    private static int? Decode(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var written = 0;
        for (var index = 0; index < text.Length; index++, written++)
        {
            if (written == into.Length)
            {
                return null;
            }

            if (text[index] == '%' && index + 2 < text.Length && Utf8Parser.TryParse(text.Slice(index + 1, 2), out byte code, out var used, 'x') && used == 2)
            {
                into[written] = code;
                index += 2;
            }
            else
            {
                into[written] = text[index] == '+' ? (byte)' ' : text[index];
            }
        }

        return written;
    }
}
