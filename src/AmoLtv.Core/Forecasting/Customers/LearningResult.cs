namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>What was learned, or why nothing was.</summary>
/// <param name="Parameters">Null where learning was refused.</param>
/// <param name="Refusal">Null where something was learned.</param>
public sealed record LearningResult(ForecastParameters? Parameters, ForecastRefusal? Refusal)
{
    /// <summary>How such a choice did on the last part of the history, hidden; null without a choice of its own.</summary>
    public BacktestSummary? Backtest { get; init; }
}
