namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>A cohort in one of the periods after its first.</summary>
/// <param name="Active">Customers of the cohort that bought in the period.</param>
/// <param name="Amount">What they bought for, credit notes taken off, in the account's currency.</param>
/// <param name="Cumulative">What the cohort has bought for since its first period.</param>
public readonly record struct CohortCell(int Active, decimal Amount, decimal Cumulative);
