namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>The simple methods a model has to beat.</summary>
public enum BaselineKind
{
    /// <summary>Nobody buys again.</summary>
    Zero = 1,

    /// <summary>Everybody buys at the base's mean rate and value.</summary>
    PopulationMean = 2,

    /// <summary>Everybody goes on at the own rate x/T, with the own mean value.</summary>
    OwnRate = 3,

    /// <summary>The formula: all purchases over the relationship, (x + 1)/T, with the own mean value.</summary>
    Formula = 4,

    /// <summary>The last window of the horizon's length comes again, count and money; the first purchase does not.</summary>
    LastWindow = 5,

    /// <summary>Silent longer than the tuned hiatus: nothing; the others at the own rate (Wübben and von Wangenheim 2008).</summary>
    Hiatus = 6,
}
