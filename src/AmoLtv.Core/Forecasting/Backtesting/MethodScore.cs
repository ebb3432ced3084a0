namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>How a method did over the inner cuts.</summary>
/// <param name="Method">The method.</param>
/// <param name="Score">Mean over the cuts of the errors of purchases and money, each over the best simple method's, plus a quarter of the error of their sums; lower is better.</param>
/// <param name="Cuts">At how many cuts it could forecast.</param>
public sealed record MethodScore(ForecastMethod Method, double Score, int Cuts);
