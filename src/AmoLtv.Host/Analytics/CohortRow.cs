namespace AmoLtv.Host.Analytics;

/// <summary>A cohort in columns: a table of many years stays short.</summary>
/// <param name="Start">First day of its period.</param>
/// <param name="Clients">Whose first purchase fell into it.</param>
/// <param name="Active">How many bought in its own period, and in each after it.</param>
/// <param name="Amounts">What they bought for, on the account's basis, in its currency.</param>
internal sealed record CohortRow(DateOnly Start, int Clients, IReadOnlyList<int> Active, IReadOnlyList<decimal> Amounts);
