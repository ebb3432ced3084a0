using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AmoLtv.Core.Tasks;

/// <summary>A short mark in a task's text by which it is found again in the CRM: an interrupted run then makes no second one.</summary>
public static class TaskMarker
{
    /// <summary>The same parts always give the same mark, for example <c>LTV-9F3A61C0</c>.</summary>
    public static string Of(params IEnumerable<object> parts)
    {
        var text = string.Join('|', parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)));
        return "LTV-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
    }

    /// <summary>Whether a text carries the mark, whatever people added to it.</summary>
    public static bool IsIn(string text, string marker) => text.Contains(marker, StringComparison.Ordinal);
}
