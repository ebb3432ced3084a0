using System.Runtime.InteropServices;

namespace AmoLtv.Host.Analytics;

/// <summary>Equal texts of many rows once in memory: channels, tiers, values of select fields.</summary>
internal sealed class TextPool
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public string Of(string text)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_texts, text, out _);
        return known ??= text;
    }
}
