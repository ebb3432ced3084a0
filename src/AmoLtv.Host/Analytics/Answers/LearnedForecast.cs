using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>By what clients are forecast, and how that did on the account's own history.</summary>
/// <param name="AsOf">Date up to which was learned.</param>
/// <param name="LearnedAt">When.</param>
/// <param name="ChosenAt">When the method was chosen.</param>
/// <param name="Clients">Learned from.</param>
/// <param name="Choice">The method and why; null without a forecast.</param>
/// <param name="Backtest">The report of the last part of the history, hidden; null where it is too short.</param>
/// <param name="Refusal">What is missing for a forecast; null where there is one.</param>
internal sealed record LearnedForecast(
    DateOnly AsOf, DateTimeOffset LearnedAt, DateTimeOffset ChosenAt, int Clients, StoredChoice? Choice, BacktestSummary? Backtest, ForecastRefusal? Refusal)
{
    /// <summary>How far its probabilities were from what came, in a word; null without a report.</summary>
    public CalibrationVerdict? Calibration => Backtest is { Grades.Count: > 0 } report ? CalibrationVerdict.Of(report.Grades) : null;
}
