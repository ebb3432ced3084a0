using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Valuation;

/// <summary>How long a relationship with a client of this account is expected to last.</summary>
/// <param name="Years">The number used, above 0.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Subjects">Clients followed long enough to say something.</param>
/// <param name="Events">Of them lost.</param>
/// <param name="TauYears">The last time at which at least ten were at risk.</param>
/// <param name="ShareBeyondTau">Share of <paramref name="Years"/> that lies beyond it, 0 to 1; null unless estimated.</param>
/// <param name="IsCapped">Whether the estimate was longer than the account allows.</param>
public sealed record CustomerLifetime(
    double Years, LifetimeSource Source, int Subjects, int Events, double TauYears, double? ShareBeyondTau, bool IsCapped)
{
    private const int EventsNeeded = 5;
    private const double AssumedYears = 3;

    /// <summary>
    /// The admin's number where it is fixed; else, with at least five clients lost, the mean of <see cref="KaplanMeier"/>, at most the account's
    /// longest; else the assumed number, 3 years where none is set.
    /// </summary>
    /// <param name="observations">Of the account's clients, in any order.</param>
    /// <param name="settings">Valid ones.</param>
    public static CustomerLifetime Of(IEnumerable<Observation> observations, LifetimeSettings settings)
    {
        var curve = KaplanMeier.Estimate(observations);
        if (settings.FixedYears is { } fixedYears)
        {
            return Stated(curve, fixedYears, LifetimeSource.Fixed);
        }

        if (curve.Events < EventsNeeded)
        {
            return Stated(curve, settings.AssumedYears ?? AssumedYears, LifetimeSource.Assumed);
        }

        var years = Math.Min(curve.MeanYears, settings.MaximumYears);
        var beyond = (years - Math.Min(curve.AreaYears, years)) / years;
        return new CustomerLifetime(
            years, LifetimeSource.Estimated, curve.Subjects, curve.Events, curve.TauYears, beyond, curve.MeanYears > settings.MaximumYears);
    }

    private static CustomerLifetime Stated(KaplanMeier curve, double years, LifetimeSource source) =>
        new(years, source, curve.Subjects, curve.Events, curve.TauYears, ShareBeyondTau: null, IsCapped: false);
}
