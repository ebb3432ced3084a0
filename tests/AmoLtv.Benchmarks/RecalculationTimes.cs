namespace AmoLtv.Benchmarks;

/// <summary>What was measured over one account, in milliseconds.</summary>
/// <param name="Bare">Count, sum, first and last by company, nothing else.</param>
/// <param name="Whole">Every customer anew with stored parameters: a new month, every result stored.</param>
/// <param name="Refitted">The same with the models fitted again.</param>
/// <param name="Part">A hundredth of the companies changed, within the month.</param>
/// <param name="Chosen">The whole with the method chosen anew and its backtest.</param>
/// <param name="First">The first one: every lead classified and stored, learned from, and everything stored.</param>
internal readonly record struct RecalculationTimes(double Bare, double Whole, double Refitted, double Part, double Chosen, double First);
