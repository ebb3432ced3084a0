using System.Globalization;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>How a headline has to be written; roubles, below a thousand million.</summary>
internal static class Headline
{
    public static string Written(decimal value, string language)
    {
        var isRussian = language == "ru";
        var culture = CultureInfo.GetCultureInfo(isRussian ? "ru-RU" : "en-US");
        var (divisor, unit) = value switch
        {
            >= 999_950m => (1_000_000m, isRussian ? " млн" : "M"),
            >= 100_000m => (1_000m, isRussian ? " тыс." : "K"),
            _ => (1m, ""),
        };
        var digits = divisor > 1 ? "#,0.#" : value < 1000 && value != decimal.Truncate(value) ? "0.00" : "#,0";
        var number = (value / divisor).ToString(digits, culture).Replace('\u00a0', ' ').Replace('\u202f', ' ');
        return isRussian ? $"{number}{unit} ₽" : $"₽{number}{unit}";
    }
}
