using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Attribution;

/// <summary>The account of today, as far as a scenario moves it. Money in its currency.</summary>
public sealed record ScenarioInputs
{
    /// <summary>Revenue of a purchase, 0 or above.</summary>
    public required decimal AverageOrderValue { get; init; }

    /// <summary>Of a client, 0 or above.</summary>
    public required double PurchasesPerYear { get; init; }

    /// <summary>Expected lifetime of a client, above 0.</summary>
    public required double LifetimeYears { get; init; }

    /// <summary>No retention moves the lifetime above it, unless it is longer today; years above 0.</summary>
    public double MaximumLifetimeYears { get; init; } = 10;

    /// <summary>Gross profit as a percent of revenue; null where the account's basis is revenue.</summary>
    public decimal? MarginPercent { get; init; }

    /// <summary>0 or above.</summary>
    public required double NewClientsPerMonth { get; init; }

    /// <summary>Cost of acquiring a client, 0 or above; null where it is not known.</summary>
    public decimal? Cac { get; init; }

    /// <summary>What the clients of today are expected to bring in 12 months, on the account's basis.</summary>
    public required decimal KnownClientsValue { get; init; }

    /// <summary>How sure that is; null without a forecast.</summary>
    public MoneyInterval? KnownClientsInterval { get; init; }

    /// <summary>What a purchase brings on the account's basis, as a share of its revenue.</summary>
    public double ValueShare => MarginPercent is { } percent ? (double)percent / 100 : 1;

    /// <summary>
    /// The account's own numbers. Without a forecast its clients that are not lost go on buying as the formula says,
    /// fewer of them each day. Null for an account without a purchase in its period.
    /// </summary>
    /// <param name="account">The account's.</param>
    /// <param name="newClientsPerMonth">0 or above.</param>
    /// <param name="cac">Mean cost of a client; null where it is not known.</param>
    /// <param name="forecast">Expected value of the clients of today in 12 months, on the account's basis; null without.</param>
    /// <param name="interval">Of <paramref name="forecast"/>.</param>
    public static ScenarioInputs? Of(
        AccountValuation account, double newClientsPerMonth, decimal? cac, decimal? forecast, MoneyInterval? interval)
    {
        if (account is not { Purchases: > 0, PurchasesPerYear: { } perYear })
        {
            return null;
        }

        var holding = account.ClientsEver - account.LostClients;
        var lifetime = account.Lifetime.Years;
        return new ScenarioInputs
        {
            AverageOrderValue = account.Revenue / account.Purchases,
            PurchasesPerYear = perYear,
            LifetimeYears = lifetime,
            MarginPercent = account is { Basis: Basis.Margin, Revenue: > 0 } ? account.HistoricalLtv / account.Revenue * 100 : null,
            NewClientsPerMonth = newClientsPerMonth,
            Cac = cac,
            KnownClientsValue = forecast
                ?? Money.Times(account.HistoricalLtv / account.Purchases, holding * perYear * Survival.YearsWithin(1, lifetime)),
            KnownClientsInterval = forecast is null ? null : interval,
        };
    }
}
