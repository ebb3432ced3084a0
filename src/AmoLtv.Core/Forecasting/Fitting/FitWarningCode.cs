namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>What a reader of a fit has to know; the values are kept in stored results.</summary>
public enum FitWarningCode
{
    /// <summary>The optimiser stopped before the gradient vanished.</summary>
    NotConverged = 1,

    /// <summary>A parameter lies at the edge of the permitted range (a factor e¹² from 1 in scaled time).</summary>
    AtBound = 2,

    /// <summary>The likelihood hardly changes along a combination of parameters: only the combination's forecasts mean something, not the parameters.</summary>
    FlatRidge = 3,

    /// <summary>The data do not show that anybody leaves: the model is the NBD in effect.</summary>
    NoDropoutVisible = 4,

    /// <summary>The population mean of spend is infinite (q ≤ 1): individual means of repeat customers remain usable, the others take the mean of the observed.</summary>
    InfiniteMean = 5,

    /// <summary>The base is small, a weak prior takes part.</summary>
    PriorUsed = 6,

    /// <summary>The model does not reproduce the purchases it was fitted to: they are not events in continuous time.</summary>
    DoesNotReproduce = 7,

    /// <summary>Spend and frequency are correlated, which the Gamma-Gamma model excludes.</summary>
    SpendDependsOnFrequency = 8,

    /// <summary>Purchases go by calendar periods: a model of continuous time does not fit, whatever its parameters; BG/BB does.</summary>
    CalendarPeriods = 9,
}
