namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>A step of the retention curve.</summary>
/// <param name="Time">When customers were lost.</param>
/// <param name="AtRisk">Customers followed at least that long.</param>
/// <param name="Lost">Of them lost at that time.</param>
/// <param name="Share">Share still here just after it, 0..1.</param>
/// <param name="Low">Lower end of the band, 0..1.</param>
/// <param name="High">Upper end of the band, 0..1.</param>
public readonly record struct RetentionPoint(double Time, int AtRisk, int Lost, double Share, double Low, double High);
