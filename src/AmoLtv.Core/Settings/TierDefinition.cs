namespace AmoLtv.Core.Settings;

/// <summary>One tier, from the most valuable down.</summary>
/// <param name="Code">Stable name of the tier, for example A.</param>
/// <param name="Name">What people see.</param>
/// <param name="Color">As <c>#rrggbb</c>.</param>
/// <param name="Threshold">
/// Percent before which a client belongs to the tier, or the least LTV of it, as the rule says; null for the last tier.
/// </param>
public sealed record TierDefinition(string Code, string Name, string Color, decimal? Threshold);
