namespace AmoLtv.Core.Forecasting.Series;

/// <summary>How a season acts on the level.</summary>
public enum Seasonality
{
    /// <summary>It is added.</summary>
    Additive = 1,

    /// <summary>It multiplies; needs a positive series.</summary>
    Multiplicative = 2,
}
