namespace AmoLtv.Core.Valuation;

/// <summary>How often a customer buys.</summary>
public static class PurchaseFrequency
{
    /// <summary>
    /// Purchases a year: over the relationship, but over no less than a year or the expected lifetime, whichever is
    /// shorter. A customer of two months with two purchases is not worth twelve a year.
    /// </summary>
    /// <param name="purchases">All of the relationship's, whatever the account's period: both sides of the ratio cover the same time.</param>
    /// <param name="relationshipYears">0 or more.</param>
    /// <param name="lifetimeYears">The account's expected lifetime, above 0.</param>
    public static double PerYear(int purchases, double relationshipYears, double lifetimeYears) =>
        purchases / CountedYears(relationshipYears, lifetimeYears);

    /// <summary>The years that purchases are spread over: those of the relationship, at least one or the lifetime, whichever is shorter.</summary>
    public static double CountedYears(double relationshipYears, double lifetimeYears) =>
        Math.Max(relationshipYears, Math.Min(1, lifetimeYears));
}
