namespace AmoLtv.Core.Forecasting.Series;

/// <summary>Smoothing parameters of a Holt-Winters model.</summary>
/// <param name="Alpha">Of the level, 0..1.</param>
/// <param name="Beta">Of the trend, 0..1.</param>
/// <param name="Gamma">Of the seasons, 0..1.</param>
/// <param name="Phi">Damping of the trend, 1 for none.</param>
public readonly record struct HoltWintersSmoothing(double Alpha, double Beta, double Gamma, double Phi = 1);
