using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>What it cost to acquire a client.</summary>
public sealed record CacSettings
{
    public CacKind Kind { get; init; }

    /// <summary>Numeric custom field of the company, in the account's currency.</summary>
    public FieldId? Field { get; init; }

    /// <summary>LTV wanted for each unit of money spent on acquiring, 0.1 to 100: the allowable CAC is LTV divided by it.</summary>
    public decimal TargetRatio { get; init; } = 3;
}
