namespace AmoLtv.Core.Settings;

/// <summary>Where the cost of a purchase comes from.</summary>
public enum CostKind
{
    None = 0,

    /// <summary>A numeric custom field of the lead.</summary>
    Field = 1,

    /// <summary>The same percent of every amount.</summary>
    FixedMargin = 2,
}
