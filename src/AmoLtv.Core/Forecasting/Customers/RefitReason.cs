namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>Why parameters are learned again, or are not; the values are kept in stored results.</summary>
public enum RefitReason
{
    /// <summary>The stored parameters still serve.</summary>
    NotNeeded = 0,

    /// <summary>Nothing has been learned yet.</summary>
    NoParameters = 1,

    /// <summary>The horizon or a setting that shapes what a purchase is has changed.</summary>
    InputsChanged = 2,

    /// <summary>The base has crossed a size at which learning goes another way.</summary>
    SizeCrossed = 3,

    /// <summary>A week has passed since the method was chosen, and something has changed.</summary>
    WeekPassed = 4,

    /// <summary>A twentieth of the customers has changed.</summary>
    ManyChanged = 5,

    /// <summary>The base is small: every change counts.</summary>
    SmallBaseChanged = 6,
}
