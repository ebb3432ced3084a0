namespace AmoLtv.Core.Settings;

/// <summary>Which number is the headline LTV.</summary>
public enum HeadlineKind
{
    Formula = 0,
    Historical = 1,

    /// <summary>Historical and predicted together; formula where there is no forecast.</summary>
    Total = 2,
}
