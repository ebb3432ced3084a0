using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Valuing;

/// <summary>What was learned from an account in a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="AsOf">The as-of date of what was learned from.</param>
/// <param name="IsFixed">Whether somebody fixed that date by hand: then it serves no other date.</param>
/// <param name="LearnedAt">When.</param>
/// <param name="ChosenAt">When the method was chosen, then or earlier.</param>
/// <param name="Clients">Clients that had bought.</param>
/// <param name="Result">Parameters or a refusal; the report of the backtest only where the method was chosen in this very run.</param>
internal sealed record LearnedBase(RunId Run, DateOnly AsOf, bool IsFixed, DateTimeOffset LearnedAt, DateTimeOffset ChosenAt, int Clients, LearningResult Result)
{
    public ForecastParameters? Parameters => Result.Parameters;
}
