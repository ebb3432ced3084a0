namespace AmoLtv.Core.Attribution;

/// <summary>
/// Clients that are lost at an even rate: the exponential lifetime, whose mean is <c>L</c> years, so that of the clients of
/// today the share <c>exp(−t / L)</c> is left after <c>t</c> years.
/// </summary>
public static class Survival
{
    /// <summary>Share left after a year, 0 to 1, with this mean lifetime in years, above 0: <c>exp(−1 / L)</c>.</summary>
    public static double YearlyRetention(double lifetimeYears) => Math.Exp(-1 / lifetimeYears);

    /// <summary>Mean lifetime in years at this yearly retention, above 0 and below 1: <c>−1 / ln(retention)</c>.</summary>
    public static double LifetimeYears(double yearlyRetention) => -1 / Math.Log(yearlyRetention);

    /// <summary>Years that a client of today is expected to stay within the next <paramref name="years"/>: <c>L (1 − exp(−t / L))</c>.</summary>
    public static double YearsWithin(double years, double lifetimeYears) => lifetimeYears * ShareLostWithin(years, lifetimeYears);

    /// <summary>Share of the clients of today lost within so many years (0 or above), 0 to 1: <c>1 − exp(−t / L)</c>, L above 0.</summary>
    public static double ShareLostWithin(double years, double lifetimeYears) => -Math.Exp(-years / lifetimeYears) + 1;
}
