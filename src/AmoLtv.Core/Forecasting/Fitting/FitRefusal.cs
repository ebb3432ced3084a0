namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>Why there is no fit; the values are kept in stored results.</summary>
public enum FitRefusal
{
    /// <summary>Fewer customers than the model can be fitted to.</summary>
    TooFewCustomers = 1,

    /// <summary>Nobody has bought again, or nobody has a usable amount among repeat purchases.</summary>
    NoRepeatPurchases = 2,

    /// <summary>All customers were observed for no time at all.</summary>
    NoTime = 3,

    /// <summary>No parameters with a finite likelihood were found.</summary>
    NoFiniteFit = 4,
}
