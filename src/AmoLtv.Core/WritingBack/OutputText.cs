using System.Globalization;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.WritingBack;

/// <summary>Numbers as the CRM holds them: text, numbers invariant with at most two decimals, times as unix seconds.</summary>
public static class OutputText
{
    private static readonly TimeOnly Noon = new(12, 0);

    /// <summary>Text of one output; null empties the field. A customer without an LTV or a forecast has an empty field, never 0.</summary>
    /// <param name="output">One of <see cref="OutputFields"/>.</param>
    /// <param name="customer">Null for a company or contact that never bought.</param>
    /// <param name="account">What the texts depend on.</param>
    public static string? Of(OutputField output, CustomerOutputs? customer, OutputAccount account)
    {
        if (customer is null)
        {
            return null;
        }

        var hasPurchases = customer.Purchases > 0;
        return output.Output switch
        {
            OutputFields.Ltv => Number(customer.Ltv),
            OutputFields.Basis => customer.Ltv is null ? null : account.BasisText,
            OutputFields.Bought => hasPurchases ? Number(customer.Bought) : null,
            OutputFields.AverageOrderValue => hasPurchases ? Number(customer.AverageOrderValue) : null,
            OutputFields.Purchases => hasPurchases ? Number((decimal)customer.Purchases) : null,
            OutputFields.PurchasesPerYear => hasPurchases ? Number(customer.PurchasesPerYear) : null,
            OutputFields.FirstPurchase => Day(customer.FirstPurchase, account.Zone),
            OutputFields.LastPurchase => Day(customer.LastPurchase, account.Zone),
            OutputFields.Expected => Number(customer.Expected),
            // A forecast is as of the month, a life-cycle of the day: between them nobody waits for a client that is lost.
            OutputFields.NextPurchase => customer.Lifecycle == LifecycleState.Lost ? null : Day(customer.NextPurchase, account.Zone),
            OutputFields.RepeatProbability => Percent(customer.RepeatProbability),
            OutputFields.Tier => customer.Tier,
            OutputFields.RfmGroup => customer.RfmGroup is { } group ? SegmentWords.Of(group, account.IsEnglish) : null,
            OutputFields.Lifecycle => customer.Lifecycle is { } state ? SegmentWords.Of(state, account.IsEnglish) : null,
            OutputFields.LtvToCac => Number(customer.LtvToCac),
            OutputFields.CalculatedAt => Seconds(account.CalculatedAt),
            _ => throw new ArgumentOutOfRangeException(nameof(output), output.Output, "Not an output."),
        };
    }

    /// <summary>Whether the CRM's text says the same as ours, after the rounding it stores.</summary>
    /// <param name="type">Kind of the field.</param>
    /// <param name="ours">What should stand there.</param>
    /// <param name="held">What stands there; numbers may carry more or fewer decimals, days any hour of the day.</param>
    /// <param name="zone">The account's time zone, in which days are cut.</param>
    public static bool IsSame(OutputType type, string? ours, string? held, TimeZoneInfo zone)
    {
        if (string.IsNullOrEmpty(ours) || string.IsNullOrEmpty(held))
        {
            return string.IsNullOrEmpty(ours) == string.IsNullOrEmpty(held);
        }

        return type switch
        {
            OutputType.Numeric => AsNumber(ours) is { } number && AsNumber(held) == number,
            OutputType.Date => AsDay(ours, zone) is { } day && AsDay(held, zone) == day,
            OutputType.DateTime => AsMoment(ours) is { } moment && AsMoment(held) == moment,
            _ => string.Equals(ours, held, StringComparison.Ordinal),
        };
    }

    private static string? Number(decimal? value) => value is { } number
        ? Money.Round(number).ToString("0.##", CultureInfo.InvariantCulture)
        : null;

    private static string? Number(double? value) => value is { } number && double.IsFinite(number) ? Number((decimal)number) : null;

    /// <summary>Whole percent, halves up: no forecast is surer than that, and a tenth would be written anew each month.</summary>
    private static string? Percent(double? probability) => probability is { } share && double.IsFinite(share)
        ? Number(Math.Round(share * 100, MidpointRounding.AwayFromZero))
        : null;

    /// <summary>Noon cannot fall onto the day before or after, whatever zone cuts it into a day.</summary>
    private static string? Day(DateOnly? day, TimeZoneInfo zone)
    {
        if (day is not { } date)
        {
            return null;
        }

        var noon = date.ToDateTime(Noon);
        return Seconds(new DateTimeOffset(noon, zone.GetUtcOffset(noon)));
    }

    private static string Seconds(DateTimeOffset moment) => moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static decimal? AsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Money.Round(number) : null;

    private static DateOnly? AsDay(string text, TimeZoneInfo zone) =>
        AsMoment(text) is { } moment ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime) : null;

    private static DateTimeOffset? AsMoment(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            // Beyond these there are no dates of every time zone.
            return seconds is > -62_000_000_000 and < 253_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }
}
