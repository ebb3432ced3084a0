namespace AmoLtv.Host.Analytics;

/// <summary>What a method's forecasts of the account's own past erred by.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Origins">Months from which it could forecast.</param>
/// <param name="Mase">Mean absolute error against that of last year repeated; null where that has none.</param>
/// <param name="Smape">Symmetric percentage error, 0..200.</param>
internal sealed record SeriesMethodError(string Method, int Origins, double? Mase, double Smape);
