namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>How far probabilities forecast were from what came, in words.</summary>
public enum CalibrationQuality
{
    /// <summary>Too few customers to say.</summary>
    Unknown = 0,

    /// <summary>Off by five customers of a hundred at most.</summary>
    Close = 1,

    /// <summary>Off by ten at most.</summary>
    Fair = 2,

    /// <summary>Off by more.</summary>
    Rough = 3,
}
