namespace AmoLtv.Core.Purchases;

/// <summary>What missing entries cost the numbers, in the account's currency.</summary>
/// <param name="Kind">What is missing.</param>
/// <param name="Leads">How many leads.</param>
/// <param name="Money">Revenue that is missing from the sums, or counts with a doubt; 0 or above.</param>
/// <param name="IsEstimated">Whether the money is an estimate: nobody entered it.</param>
public sealed record DataGap(DataGapKind Kind, int Leads, decimal Money, bool IsEstimated)
{
    /// <summary>Whether the leads are in the sums all the same.</summary>
    public bool IsCounted => Kind is DataGapKind.NoCompany or DataGapKind.NoCost;

    /// <summary>A lead without an amount is taken for a mean purchase of the account; the others for what was entered.</summary>
    /// <param name="kind">What is missing.</param>
    /// <param name="leads">How many leads, 0 or above.</param>
    /// <param name="entered">Sum of the amounts that were entered on them; negative ones do not count.</param>
    /// <param name="averageOrderValue">Of the account; null where nobody bought yet.</param>
    public static DataGap Of(DataGapKind kind, int leads, decimal entered, decimal? averageOrderValue) => kind == DataGapKind.NoAmount
        ? new DataGap(kind, leads, Estimate(leads, averageOrderValue), IsEstimated: true)
        : new DataGap(kind, leads, Math.Max(0, entered), IsEstimated: false);

    private static decimal Estimate(int leads, decimal? averageOrderValue) => Valuation.Money.Round(leads * Math.Max(0, averageOrderValue ?? 0));
}
