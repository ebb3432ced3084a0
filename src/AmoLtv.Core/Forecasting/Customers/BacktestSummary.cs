using AmoLtv.Core.Forecasting.Backtesting;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>The report of a backtest to be kept and shown: the last part of the history hidden, every method's errors on it.</summary>
public sealed record BacktestSummary
{
    /// <summary>The last day that was not hidden.</summary>
    public required int CutDay { get; init; }

    /// <summary>Length of the hidden part.</summary>
    public required int HoldoutDays { get; init; }

    /// <summary>Customers forecast, those of a sample where the base is large.</summary>
    public required int Customers { get; init; }

    /// <summary>The choice by cuts inside the part that was not hidden: what the report judges. Null where that part is too short to choose on.</summary>
    public StoredChoice? Choice { get; init; }

    /// <summary>Every method that could forecast the hidden part.</summary>
    public required IReadOnlyList<HoldoutErrors> Holdout { get; init; }

    /// <summary>How many of each grade bought in the hidden part, by the chosen method's calibrated probability.</summary>
    public required IReadOnlyList<CalibrationGrade> Grades { get; init; }

    /// <summary>The report to keep.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is null.</exception>
    public static BacktestSummary Of(BacktestReport report, int customers)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new BacktestSummary
        {
            CutDay = report.CutDay,
            HoldoutDays = report.HoldoutDays,
            Customers = customers,
            Choice = StoredChoice.Of(report.Choice),
            Holdout = report.Holdout,
            Grades = report.Grades,
        };
    }
}
