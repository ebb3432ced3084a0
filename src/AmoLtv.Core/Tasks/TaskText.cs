using System.Globalization;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Core.Tasks;

/// <summary>What a responsible user reads.</summary>
public static class TaskText
{
    private static readonly NumberFormatInfo Grouped = new() { NumberGroupSeparator = "\u00A0", NumberDecimalSeparator = "," };

    /// <param name="kind">What happened.</param>
    /// <param name="from">Name of the segment the client left, as people see it.</param>
    /// <param name="to">Name of the segment it entered.</param>
    /// <param name="ltv">Its headline, in the account's currency.</param>
    /// <param name="currency">Symbol of the currency.</param>
    /// <param name="lastPurchase">In the account's time zone; null where it is not known.</param>
    /// <param name="isEnglish">Else Russian.</param>
    /// <param name="marker">Ends the text.</param>
    public static string Of(
        TaskKind kind, string from, string to, decimal ltv, string currency, DateOnly? lastPurchase, bool isEnglish, string marker)
    {
        var amount = decimal.Round(ltv, MidpointRounding.AwayFromZero).ToString("N0", Grouped) + (currency.Length > 0 ? "\u00A0" + currency : "");
        var day = lastPurchase?.ToString(isEnglish ? "yyyy-MM-dd" : "dd.MM.yyyy", CultureInfo.InvariantCulture) ?? "–";
        var words = (kind, isEnglish) switch
        {
            (TaskKind.Slipping, true) => $"A valuable client is slipping away: silent longer than usual, last purchase {day}. LTV {amount}. Get in touch.",
            (TaskKind.Slipping, _) => $"Ценный клиент уходит: молчит дольше обычного, последняя покупка {day}. LTV {amount}. Свяжитесь с ним.",
            (TaskKind.TierUp, true) => $"The client has risen from tier {from} to tier {to}. LTV {amount}. Decide how to look after it.",
            (TaskKind.TierUp, _) => $"Клиент перешёл из группы {from} в группу {to}. LTV {amount}. Решите, как с ним работать дальше.",
            (_, true) => $"The client has fallen from tier {from} to tier {to}. LTV {amount}, last purchase {day}. Find out why.",
            _ => $"Клиент опустился из группы {from} в группу {to}. LTV {amount}, последняя покупка {day}. Выясните причину.",
        };
        return $"{words} ({marker})";
    }

    /// <summary>Name of a life-cycle state or of a tier, as people see it.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="code">Code of the segment.</param>
    /// <param name="tierNames">Names of the tiers by code.</param>
    /// <param name="isEnglish">Else Russian.</param>
    public static string Segment(TaskKind kind, string code, IReadOnlyDictionary<string, string> tierNames, bool isEnglish) =>
        kind == TaskKind.Slipping
            ? Enum.TryParse<LifecycleState>(code, ignoreCase: true, out var state) ? SegmentWords.Of(state, isEnglish) : code
            : tierNames.GetValueOrDefault(code, code);
}
