namespace AmoLtv.Host.Operations;

/// <summary>What came of an account's tasks.</summary>
/// <param name="IsEnabled">Whether new tasks are made.</param>
/// <param name="DailyCap">At most so many a day.</param>
public sealed record TasksSummary(bool IsEnabled, int DailyCap, IReadOnlyList<TaskTotal> Totals);
