namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Cohorts by one length of period. Money in the account's currency, on its basis.</summary>
/// <param name="Stamp">Of when.</param>
/// <param name="Period">month or quarter.</param>
/// <param name="Cohorts">The oldest first.</param>
internal sealed record CohortsAnswer(AnalysisStamp Stamp, string Period, IReadOnlyList<CohortRow> Cohorts);
