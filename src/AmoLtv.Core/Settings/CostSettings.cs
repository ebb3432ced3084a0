using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>Where the cost of a purchase comes from; without one LTV is on revenue.</summary>
public sealed record CostSettings
{
    public CostKind Kind { get; init; }

    /// <summary>Numeric custom field of the lead that holds the cost in the account's currency.</summary>
    public FieldId? Field { get; init; }

    /// <summary>Gross profit as a percent of the amount, above 0 to 100.</summary>
    public decimal? MarginPercent { get; init; }
}
