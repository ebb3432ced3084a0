using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>The method chosen on a log by rolling cuts inside it.</summary>
/// <param name="Method">The chosen one; null where the log is too short or small to choose on.</param>
/// <param name="Reason">Why.</param>
/// <param name="Scores">All methods that could forecast at every cut, best first.</param>
public sealed record MethodChoice(ForecastMethod? Method, ChoiceReason Reason, IReadOnlyList<MethodScore> Scores)
{
    /// <summary>The best single method that has a distribution: the intervals are its, centred on what the chosen one expects. Null where none forecast at every cut.</summary>
    public ForecastMethod? Distribution { get; init; }

    /// <summary>What came at the cuts of the probabilities the chosen method gave there.</summary>
    public RepeatCalibration Calibration { get; init; } = RepeatCalibration.Identity;

    /// <summary>True where the chosen method's values erred less at the cuts when they went on drifting as they did; most do not.</summary>
    public bool FollowsTrend { get; init; }
}
