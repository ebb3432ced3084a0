namespace AmoLtv.Core.Settings;

/// <summary>What the admin says about the expected length of a relationship. All in years.</summary>
public sealed record LifetimeSettings
{
    /// <summary>Taken instead of the estimate; 1/12 to 50.</summary>
    public double? FixedYears { get; init; }

    /// <summary>Taken while fewer than five clients are lost; 1/12 to 50. Without it 3.</summary>
    public double? AssumedYears { get; init; }

    /// <summary>No estimate goes above; 1 to 50.</summary>
    public double MaximumYears { get; init; } = 10;
}
