namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>Why there is no forecast; the values are kept in stored results.</summary>
public enum ForecastRefusalReason
{
    /// <summary>Fewer customers with a purchase than a forecast needs; numbers are customers.</summary>
    TooFewCustomers = 1,

    /// <summary>Less time since the first purchase than a forecast needs; numbers are days.</summary>
    TooShortHistory = 2,

    /// <summary>Nobody has bought on two days; numbers are customers who did.</summary>
    NoRepeatPurchases = 3,

    /// <summary>No method found finite parameters; numbers are customers.</summary>
    NoUsableMethod = 4,
}
