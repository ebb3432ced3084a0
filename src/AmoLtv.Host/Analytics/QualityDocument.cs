using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Analytics;

/// <summary>What missing entries cost the numbers. Money in the account's currency.</summary>
/// <param name="Leads">All leads.</param>
/// <param name="Purchases">That count.</param>
/// <param name="AverageOrderValue">What a lead without an amount is taken for; null where nobody bought.</param>
/// <param name="Revenue">In the sums.</param>
/// <param name="Gaps">Each kind of gap that can occur with the account's settings, also where there is none.</param>
/// <param name="Choices">Leads that are left out on purpose.</param>
/// <param name="WithoutChannel">Clients without a channel and their value; null where the account has no channels.</param>
/// <param name="CostCoverage">Share of the revenue whose cost is known, 0 to 1; null where the account has no costs by lead.</param>
internal sealed record QualityDocument(
    int Leads,
    int Purchases,
    decimal? AverageOrderValue,
    decimal Revenue,
    IReadOnlyList<DataGap> Gaps,
    IReadOnlyList<LeadCount> Choices,
    ClientSum? WithoutChannel,
    double? CostCoverage)
{
    private static readonly string[] Chosen = ["otherPipeline", "returned", "excludedByHand", "outsidePeriod", "deleted", "notWon"];

    /// <summary>A deleted or unfinished lead was never sold, whatever amount stands on it.</summary>
    private static readonly string[] NeverSold = ["deleted", "notWon"];

    public static QualityDocument Of(AnalysedBase analysed, GapTotals totals)
    {
        var (account, numbers) = (analysed.Account, analysed.Account.Numbers);
        var excluded = totals.Excluded.ToDictionary(count => count.Reason, StringComparer.Ordinal);
        var gaps = new List<DataGap> { Excluded(DataGapKind.NoAmount, "noAmount"), Excluded(DataGapKind.NoDate, "noDate"), Excluded(DataGapKind.NoCustomer, "noCustomer") };
        if (account.Settings.Customer != CustomerRule.ContactOnly)
        {
            gaps.Add(Gap(DataGapKind.NoCompany, totals.WithoutCompany));
        }

        if (totals.WithoutCost is { } costless)
        {
            gaps.Add(Gap(DataGapKind.NoCost, costless));
        }

        return new QualityDocument(
            numbers.Leads.Leads,
            numbers.Leads.Purchases,
            numbers.AverageOrderValue,
            numbers.Revenue,
            gaps,
            [.. Chosen.Where(excluded.ContainsKey).Select(reason => NeverSold.Contains(reason) ? excluded[reason] with { Amount = null } : excluded[reason])],
            account.Settings.Channel.Kind == ChannelKind.None
                ? null
                : ClientSum.Of(analysed.Clients.Where(client => client.FirstPurchase is not null && client.Valuation.Channel is null)),
            totals.WithoutCost is null ? null : numbers.CostCoverage);

        DataGap Excluded(DataGapKind kind, string reason) => Gap(kind, excluded.GetValueOrDefault(reason) ?? new LeadCount(reason, 0, 0));

        DataGap Gap(DataGapKind kind, LeadCount count) => DataGap.Of(kind, count.Leads, count.Amount ?? 0, numbers.AverageOrderValue);
    }
}
