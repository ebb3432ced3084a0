namespace AmoLtv.Core.Settings;

/// <summary>How clients are cut into tiers, and what the tiers are called.</summary>
public sealed record TierSettings
{
    public TierRule Rule { get; init; }

    /// <summary>From the most valuable down, 2 to 6 of them; the last takes the rest.</summary>
    public IReadOnlyList<TierDefinition> Tiers { get; init; } =
    [
        new("A", "A", "#2c8a57", 80),
        new("B", "B", "#9a6200", 95),
        new("C", "C", "#7b828c", null),
    ];
}
