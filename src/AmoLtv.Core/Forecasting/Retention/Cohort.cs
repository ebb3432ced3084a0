namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>Customers whose first purchase fell into one period.</summary>
/// <param name="Start">First day of the period.</param>
/// <param name="Customers">How many, ≥ 1.</param>
/// <param name="Cells">The period itself and those after it, up to the one of the as-of date; the last one may still be running.</param>
public sealed record Cohort(DateOnly Start, int Customers, IReadOnlyList<CohortCell> Cells)
{
    /// <summary>Share of the cohort that bought in its <paramref name="period"/>-th period, 0..1; period 0 is its own, the last is that of the last cell.</summary>
    public double Retention(int period) => (double)Cells[period].Active / Customers;

    /// <summary>What a customer of the cohort has brought on average up to the same period, on the account's basis, in its currency.</summary>
    public decimal ValuePerCustomer(int period) => Cells[period].Cumulative / Customers;
}
