namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>How a method did over the cuts it was judged by.</summary>
/// <param name="Method">Its stable name.</param>
/// <param name="Score">Lower is better; see <see cref="Backtesting.MethodScore.Score"/>.</param>
/// <param name="Cuts">How many cuts.</param>
public sealed record ScoredMethod(string Method, double Score, int Cuts);
