namespace AmoLtv.Host.Cards;

/// <summary>The card as the widget receives it. Money in the account's currency, kopecks exact.</summary>
/// <param name="Version">Stands for everything below: who shows a card of this version need not be told it again.</param>
/// <param name="Customer">Whose numbers they are: of a lead its company or main contact.</param>
/// <param name="State"><c>valued</c>; <c>new</c>: bought nothing yet; <c>pending</c>: the account was not valued yet.</param>
/// <param name="Basis"><c>revenue</c> or <c>margin</c>.</param>
/// <param name="Vat">Whether amounts include VAT: <c>included</c>, <c>excluded</c>, or null where the account has not said.</param>
/// <param name="TopPercent">Place in the base, 0 to 100: 6 is among the most valuable 6 %.</param>
/// <param name="Forecast">Null without one; <paramref name="NoForecast"/> then says why.</param>
/// <param name="Lifecycle">Null for a contact that is no client of its own: its purchases are its company's.</param>
/// <param name="Acquisition">Null where the cost of acquiring the client is not known.</param>
/// <param name="History">What was bought up to each day, on the basis of the card; the days of purchases, at most sixty of them.</param>
/// <param name="Change">Null where the client was valued only once.</param>
/// <param name="Gaps">What these numbers lack.</param>
/// <param name="Remark">The caller's own last remark about the client, null without one.</param>
public sealed record CardAnswer(
    string Version,
    CardAnswer.CustomerPart Customer,
    string State,
    CardAnswer.CurrencyPart Currency,
    string Basis,
    string? Vat,
    CardAnswer.LtvPart? Ltv,
    CardAnswer.FactorsPart? Factors,
    CardAnswer.BoughtPart? Bought,
    CardAnswer.TierPart? Tier,
    double? TopPercent,
    ForecastPart? Forecast,
    NoForecastPart? NoForecast,
    LifecyclePart? Lifecycle,
    AcquisitionPart? Acquisition,
    IReadOnlyList<HistoryPoint> History,
    LeadsPart? Leads,
    ChangePart? Change,
    IReadOnlyList<GapPart> Gaps,
    RemarkPart? Remark,
    bool MayOpenAnalytics,
    CardAnswer.FreshnessPart Freshness)
{
    public const string Valued = "valued";
    public const string New = "new";
    public const string Pending = "pending";

    public sealed record CustomerPart(string Entity, long Id);

    public sealed record CurrencyPart(string Code, string Symbol);

    /// <param name="Value">The headline; null where nothing is summed.</param>
    /// <param name="Kind">Which number it is: <c>formula</c>, <c>historical</c>, <c>total</c>.</param>
    /// <param name="Note"><c>returnsExceedPurchases</c>, <c>noPurchasesInPeriod</c>, <c>noForecastYet</c>, or null.</param>
    public sealed record LtvPart(decimal? Value, string Kind, bool IsFloored, string? Note);

    /// <summary>What the formula is made of.</summary>
    public sealed record FactorsPart(decimal? AverageOrderValue, double? PurchasesPerYear, double LifetimeYears, bool IsLifetimeAssumed);

    /// <param name="PeriodMonths">Only purchases of the last so many months are summed; null: all.</param>
    public sealed record BoughtPart(
        decimal Value, int Purchases, decimal? AverageOrderValue, DateOnly? FirstPurchase, DateOnly? LastPurchase, int? PeriodMonths);

    public sealed record TierPart(string Code, string Name, string Color);

    /// <param name="Connection"><c>ok</c> or <c>lost</c>.</param>
    public sealed record FreshnessPart(DateOnly? AsOf, DateTimeOffset? CalculatedAt, string Connection);
}
