using AmoLtv.Core.Forecasting.Retention;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Analytics;

/// <summary>Clients by the time of their first purchase, followed month by month and quarter by quarter, over all history.</summary>
internal sealed record CohortsDocument(DateOnly AsOf, IReadOnlyList<CohortRow> Months, IReadOnlyList<CohortRow> Quarters)
{
    public static CohortsDocument Of(AnalysedBase analysed) =>
        new(analysed.Account.AsOf, Rows(analysed, CohortPeriod.Month), Rows(analysed, CohortPeriod.Quarter));

    private static IReadOnlyList<CohortRow> Rows(AnalysedBase analysed, CohortPeriod period) =>
    [
        .. CohortTable.Build(
                analysed.Purchases.Select(purchase => new CohortPurchase(purchase.Client, purchase.Day, purchase.Value, purchase.IsCreditNote)),
                period, analysed.Account.AsOf)
            .Cohorts
            .Select(cohort => new CohortRow(
                cohort.Start,
                cohort.Customers,
                [.. cohort.Cells.Select(cell => cell.Active)],
                [.. cohort.Cells.Select(cell => Money.Round(cell.Amount))])),
    ];
}
