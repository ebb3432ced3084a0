namespace AmoLtv.Core.Settings;

/// <summary>
/// The admin's own cuts of recency, frequency and monetary value: four rising numbers make five scores.
/// An empty list leaves the cut to the base itself, by quintile.
/// </summary>
public sealed record RfmSettings
{
    /// <summary>Longest silence, whole days from 0, that scores 5, 4, 3 and 2; longer scores 1.</summary>
    public IReadOnlyList<int> RecencyDays { get; init; } = [];

    /// <summary>Fewest purchases, from 1, that score 2, 3, 4 and 5; fewer score 1.</summary>
    public IReadOnlyList<int> Purchases { get; init; } = [];

    /// <summary>Least bought, in the account's currency, that scores 2, 3, 4 and 5; less scores 1.</summary>
    public IReadOnlyList<decimal> Value { get; init; } = [];
}
