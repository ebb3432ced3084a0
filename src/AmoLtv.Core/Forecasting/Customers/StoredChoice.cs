using AmoLtv.Core.Forecasting.Backtesting;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>A choice of method that can be kept, and used for later fits without choosing again.</summary>
/// <param name="Method">Name of the chosen method.</param>
/// <param name="Distribution">Name of the method whose distribution gives the intervals, the chosen one itself where it has one; null where none could be tried at every cut.</param>
/// <param name="Reason">Why it was chosen.</param>
/// <param name="Scores">All methods that could be tried at every cut, best first.</param>
/// <param name="Calibration">What the method's RepeatProbability is turned into.</param>
/// <param name="FollowsTrend">True where values go on drifting as they did.</param>
public sealed record StoredChoice(
    string Method, string? Distribution, ChoiceReason Reason, IReadOnlyList<ScoredMethod> Scores, RepeatCalibration Calibration, bool FollowsTrend)
{
    /// <summary>A choice by hand, without calibration.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> is null.</exception>
    public static StoredChoice ByHand(ForecastMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return new StoredChoice(method.Name, null, ChoiceReason.TooLittleHistory, [], RepeatCalibration.Identity, false);
    }

    /// <summary>The choice to keep; null where no method was chosen.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="choice"/> is null.</exception>
    public static StoredChoice? Of(MethodChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return choice.Method is { } method
            ? new StoredChoice(
                method.Name,
                choice.Distribution?.Name,
                choice.Reason,
                [.. choice.Scores.Select(score => new ScoredMethod(score.Method.Name, score.Score, score.Cuts))],
                choice.Calibration,
                choice.FollowsTrend)
            : null;
    }
}
