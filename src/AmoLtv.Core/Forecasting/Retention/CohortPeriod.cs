namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>How cohorts are cut.</summary>
public enum CohortPeriod
{
    /// <summary>By calendar month of the first purchase.</summary>
    Month = 1,

    /// <summary>By calendar quarter of the first purchase.</summary>
    Quarter = 2,
}
