using AmoLtv.Core.Attribution;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Analytics;

/// <summary>The account of today, as far as a scenario moves it: sliders then need nothing computed again.</summary>
/// <param name="Inputs">Null for an account without a purchase in its period.</param>
/// <param name="Today">The figures of <paramref name="Inputs"/> with no slider moved.</param>
internal sealed record ScenarioDocument(ScenarioInputs? Inputs, ScenarioFigures? Today)
{
    private const int MonthsPerYear = 12;

    public static ScenarioDocument Of(AnalysedBase analysed)
    {
        var newcomers = analysed.Clients.Where(client => client.FirstPurchase is { } first && analysed.Account.LastYear.Contains(first)).ToList();
        var inputs = ScenarioInputs.Of(
            analysed.Account.Numbers, newcomers.Count / MonthsSeen(analysed), CacOf(newcomers) ?? CacOf(analysed.Clients), ForecastOfYear(analysed), interval: null);
        var held = inputs is null ? null : inputs with { MaximumLifetimeYears = analysed.Account.Settings.Lifetime.MaximumYears };
        return new ScenarioDocument(held, held is null ? null : ScenarioFigures.Of(held));
    }

    /// <summary>Months of the last year since the account's very first purchase, at least one.</summary>
    private static double MonthsSeen(AnalysedBase analysed)
    {
        var first = analysed.Clients.Min(client => client.FirstPurchase) ?? analysed.Account.AsOf;
        return Math.Clamp(AccountDays.CompletedMonths(first, analysed.Account.AsOf), 1, MonthsPerYear);
    }

    /// <summary>Of those whose cost is known; null where nobody's is.</summary>
    private static decimal? CacOf(IEnumerable<AnalysedClient> clients)
    {
        var costs = clients.Select(client => client.Valuation.Cac).OfType<decimal>().ToList();
        return costs.Count > 0 ? Money.Round(costs.Average()) : null;
    }

    /// <summary>
    /// What the forecast of the horizon, as far as the history reaches, says of twelve months: clients are lost at an even rate, so a
    /// longer horizon holds less in its later part. Null without a forecast.
    /// </summary>
    private static decimal? ForecastOfYear(AnalysedBase analysed)
    {
        var expected = analysed.Clients.Select(client => client.ExpectedValue).OfType<decimal>().ToList();
        if (expected.Count == 0)
        {
            return null;
        }

        var lifetime = analysed.Account.Numbers.Lifetime.Years;
        var (asOf, first) = (analysed.Account.AsOf, analysed.Clients.Min(client => client.FirstPurchase) ?? analysed.Account.AsOf);
        var horizon = ForecastHorizon.Of(asOf.DayNumber, analysed.Account.Settings.HorizonMonths, first.DayNumber);
        var year = asOf.AddMonths(MonthsPerYear).DayNumber - asOf.DayNumber;
        return Money.Times(expected.Sum(), Survival.YearsWithin(1, lifetime) / Survival.YearsWithin((double)horizon.Days / year, lifetime));
    }
}
