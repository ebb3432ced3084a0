namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>The method chosen on a log by rolling cuts inside it.</summary>
/// <param name="Method">The chosen one; null where the log is too short or small to choose on.</param>
/// <param name="Reason">Why.</param>
/// <param name="Scores">All methods that could forecast at every cut, best first.</param>
public sealed record MethodChoice(ForecastMethod? Method, ChoiceReason Reason, IReadOnlyList<MethodScore> Scores);
