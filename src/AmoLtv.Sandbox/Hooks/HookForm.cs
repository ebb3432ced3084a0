using System.Globalization;
using System.Text;

namespace AmoLtv.Sandbox.Hooks;

/// <summary>A form body with PHP's nested keys, encoded as <c>http_build_query</c> does: brackets too, a space as a plus. All values are text.</summary>
internal sealed class HookForm
{
    private readonly StringBuilder _text = new();

    public void Add(string key, string value)
    {
        _text.Append(_text.Length == 0 ? "" : "&").Append(Encoded(key)).Append('=').Append(Encoded(value));
    }

    public void Add(string key, long value) => Add(key, value.ToString(CultureInfo.InvariantCulture));

    public byte[] ToBytes() => Encoding.ASCII.GetBytes(_text.ToString());

    private static string Encoded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
