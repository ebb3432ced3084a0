namespace AmoLtv.Core.Syncing;

/// <summary>How an account's lists of goods were read.</summary>
/// <param name="ReadAt">When, by our clock.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record CatalogReading(DateTimeOffset ReadAt, CatalogOutcome Outcome)
{
    /// <summary>Lists and names of products are read again once a week, as the account is looked at whole.</summary>
    public static readonly TimeSpan Every = SyncState.WholeEvery;

    /// <summary>Whether leads are listed with their products.</summary>
    public bool AreLeadsReadWithProducts => Outcome == CatalogOutcome.Found;

    /// <summary>Whether the lists are to be read.</summary>
    /// <param name="last">Null before the first time.</param>
    /// <param name="now">By our clock; one set back by more than a day makes the last reading worth nothing.</param>
    public static bool IsDue(CatalogReading? last, DateTimeOffset now) =>
        last is null || now - last.ReadAt >= Every || last.ReadAt - now > TimeSpan.FromDays(1);

    /// <summary>
    /// What to keep of a reading. A list that was shown before and is refused now is taken for one still there: who granted the access may have
    /// lost a right for a day, and the products of the leads must not be forgotten for it.
    /// </summary>
    public static CatalogReading After(CatalogReading? last, CatalogOutcome outcome, DateTimeOffset now) =>
        new(now, outcome == CatalogOutcome.Refused && last is { AreLeadsReadWithProducts: true } ? CatalogOutcome.Found : outcome);

    /// <summary>Whether all leads have to be looked at: until now they were read without their products, and nothing says which have some.</summary>
    public static bool AsksWhole(CatalogReading? last, CatalogReading now) => now.AreLeadsReadWithProducts && last is not { AreLeadsReadWithProducts: true };
}
