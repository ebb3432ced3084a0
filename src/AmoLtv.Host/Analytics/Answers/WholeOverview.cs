using AmoLtv.Core.Forecasting.Backtesting;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>The account as a whole.</summary>
/// <param name="Numbers">Its numbers, with the reconciliation.</param>
/// <param name="Quality">What missing entries cost.</param>
/// <param name="Days">The base day by day.</param>
/// <param name="Change">Against a month ago; null before there is anything to compare with.</param>
/// <param name="Calibration">How far forecasts were from what came; null without a report.</param>
/// <param name="Grades">Of what was forecast, how many bought.</param>
internal sealed record WholeOverview(
    OverviewDocument Numbers,
    QualityDocument Quality,
    IReadOnlyList<BaseDay> Days,
    BaseChange? Change,
    CalibrationVerdict? Calibration,
    IReadOnlyList<CalibrationGrade> Grades);
