namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>Every method's errors on the hidden part, and the choice made without it.</summary>
/// <param name="CutDay">The last day that was not hidden.</param>
/// <param name="HoldoutDays">Length of the hidden part.</param>
/// <param name="Choice">The choice, by cuts inside the part that was not hidden.</param>
/// <param name="Holdout">One row for each method that could forecast.</param>
public sealed record BacktestReport(int CutDay, int HoldoutDays, MethodChoice Choice, IReadOnlyList<HoldoutErrors> Holdout)
{
    /// <summary>The row of the chosen method; null where none was chosen.</summary>
    public HoldoutErrors? Chosen => Holdout.FirstOrDefault(row => row.Method == Choice.Method?.Name);

    /// <summary>How many of each grade bought in the hidden part: by the chosen method, or the best of the inner cuts that has a distribution.</summary>
    public IReadOnlyList<CalibrationGrade> Grades =>
        Chosen is { Grades.Count: > 0 } chosen
            ? chosen.Grades
            : Choice.Scores.Select(score => Holdout.FirstOrDefault(row => row.Method == score.Method.Name)).FirstOrDefault(row => row is { Grades.Count: > 0 })?.Grades ?? [];
}
