namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>Decides when stored parameters are learned again.</summary>
public static class RefitRule
{
    /// <summary>Days after which the method is chosen again where anything has changed.</summary>
    public const int DaysOfChoice = 7;

    /// <summary>Part of the customers whose change makes the parameters stale.</summary>
    public const double StalePart = 0.05;

    private const int SmallBase = 1000;

    // Where a forecast begins, where priors end, where draws of parameters end, where sampling begins.
    private static readonly int[] Sizes = [Backtesting.Backtest.LeastCustomers, 500, SmallBase, ForecastLearning.MostCustomers + 1];

    /// <summary>The decision; the first reason that holds, in the order of <see cref="RefitReason"/>.</summary>
    /// <param name="change">What has happened since; null where nothing has been learned.</param>
    public static RefitDecision Decide(BaseChange? change) => new(
        change is null ? RefitReason.NoParameters
        : change.HaveInputsChanged ? RefitReason.InputsChanged
        : Array.Exists(Sizes, size => change.LearnedCustomers < size != change.Customers < size) ? RefitReason.SizeCrossed
        : change.ChangedCustomers <= 0 ? RefitReason.NotNeeded
        : change.DaysSinceChoice >= DaysOfChoice ? RefitReason.WeekPassed
        : change.ChangedCustomers >= StalePart * change.Customers && change.Customers >= SmallBase ? RefitReason.ManyChanged
        : change.Customers < SmallBase ? RefitReason.SmallBaseChanged
        : RefitReason.NotNeeded);
}
