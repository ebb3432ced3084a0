using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Cards;

/// <summary>Turns what the tables know into the answer for the widget; decides nothing about LTV.</summary>
public static class CardComposition
{
    private const string NoForecastYet = "noForecastYet";

    public static CardAnswer Compose(string version, CardCustomer customer, CardRow row, CardDetail detail, AccountSettings settings, bool mayOpenAnalytics)
    {
        var state = StateOf(row);
        var isValued = state == CardAnswer.Valued;
        return new CardAnswer(
            version,
            new CardAnswer.CustomerPart(customer.Plural, customer.Id),
            state,
            new CardAnswer.CurrencyPart(row.Currency, row.CurrencySymbol),
            row.Basis ?? "revenue",
            settings.VatIncluded switch { true => "included", false => "excluded", null => null },
            isValued ? Ltv(row, settings) : null,
            isValued ? Factors(row) : null,
            isValued ? Bought(row, settings) : null,
            isValued ? Tier(row, settings) : null,
            isValued ? row.TopPercent : null,
            isValued ? CardForecast.Of(row, settings) : null,
            isValued ? CardForecast.WhyNone(row) : null,
            isValued && row.Lifecycle is { } stage ? new LifecyclePart(stage, row.TypicalGapDays, row.GapSource) : null,
            isValued && row.Cac is { } cac ? new AcquisitionPart(cac, row.LtvToCac, row.PaybackMonths) : null,
            isValued ? CardHistory.Of(detail.Bought, row.HistoricalLtv ?? 0) : [],
            state == CardAnswer.Pending ? null : Leads(detail),
            isValued ? Change(row) : null,
            [.. Gaps(row, detail)],
            detail.Remark,
            mayOpenAnalytics,
            Freshness(row));
    }

    private static string StateOf(CardRow row) => row switch
    {
        { CalculatedAt: null } => CardAnswer.Pending,
        { FirstPurchase: null } => CardAnswer.New,
        _ => CardAnswer.Valued,
    };

    private static CardAnswer.LtvPart Ltv(CardRow row, AccountSettings settings)
    {
        var lacksForecast = settings.Headline == HeadlineKind.Total && row.LtvKind != "total";
        return new CardAnswer.LtvPart(
            row.Ltv, row.LtvKind!, row.IsFloored ?? false, row.NoFormulaReason ?? (lacksForecast ? NoForecastYet : null));
    }

    private static CardAnswer.FactorsPart? Factors(CardRow row)
    {
        if (row.LifetimeYears is not { } lifetime || row.Purchases is not > 0)
        {
            return null;
        }

        // On the basis that the LTV is on: with costs known it is the margin of a purchase.
        var perPurchase = decimal.Round(row.HistoricalLtv!.Value / row.Purchases.Value, 2, MidpointRounding.AwayFromZero);
        return new CardAnswer.FactorsPart(perPurchase, row.PurchasesPerYear, lifetime, row.LifetimeSource == "assumed");
    }

    private static CardAnswer.BoughtPart Bought(CardRow row, AccountSettings settings) => new(
        row.HistoricalLtv!.Value, row.Purchases!.Value, row.AverageOrderValue, row.FirstPurchase, row.LastPurchase, settings.PeriodMonths);

    private static CardAnswer.TierPart? Tier(CardRow row, AccountSettings settings) =>
        settings.Tiers.Tiers.FirstOrDefault(tier => tier.Code == row.Tier) is { } tier
            ? new CardAnswer.TierPart(tier.Code, tier.Name, tier.Color)
            : null;

    private static LeadsPart Leads(CardDetail detail) => new(PageOf(detail.Counted), PageOf(detail.Excluded));

    public static LeadsPage PageOf(IReadOnlyList<CardLeadRow> rows) => new(
        rows.Count > 0 ? rows[0].Total : 0,
        [.. rows.Select(row => new LeadLine(row.LeadId, row.Day, row.Amount, KindOf(row), row.Reason, row.Comment))]);

    private static string KindOf(CardLeadRow row) => (VerdictKind)row.Kind switch
    {
        _ when row.Reason is not null => "excluded",
        VerdictKind.CreditNote => "creditNote",
        _ => "purchase",
    };

    private static ChangePart? Change(CardRow row) => row.LtvBefore is { } before
        ? new ChangePart(row.ChangedAt, before, row.ByPurchases ?? 0, row.BySettings ?? 0, row.ByModel ?? 0, row.ByAgeing ?? 0)
        : null;

    private static IEnumerable<GapPart> Gaps(CardRow row, CardDetail detail)
    {
        foreach (var (reason, leads) in detail.Gaps)
        {
            yield return new GapPart(reason, leads);
        }

        if (row.EstimatedCosts > 0)
        {
            yield return new GapPart("estimatedCosts", row.EstimatedCosts.Value);
        }

        if (row.UnreadableLeads > 0)
        {
            yield return new GapPart("unreadable", row.UnreadableLeads);
        }
    }

    private static CardAnswer.FreshnessPart Freshness(CardRow row) => new(
        row.AsOf,
        row.CalculatedAt is { } moment ? new DateTimeOffset(moment) : null,
        row.IsConnected ? "ok" : "lost");
}
