using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Attribution;

/// <summary>An account's numbers in a scenario. Money in its currency, value on its basis.</summary>
public sealed record ScenarioFigures
{
    /// <summary>Share of clients that stay a year, 0 to 1.</summary>
    public required double YearlyRetention { get; init; }

    public required double LifetimeYears { get; init; }

    /// <summary>Value of a purchase × purchases a year × lifetime.</summary>
    public required decimal Ltv { get; init; }

    /// <summary>Null without a CAC above 0.</summary>
    public double? LtvToCac { get; init; }

    /// <summary>What the clients of today bring in the next 12 months.</summary>
    public required decimal KnownClientsValue { get; init; }

    /// <summary>How sure that is; null without a forecast.</summary>
    public MoneyInterval? KnownClientsInterval { get; init; }

    /// <summary>Clients that come in the next 12 months.</summary>
    public required double NewClients { get; init; }

    /// <summary>What they bring in the same 12 months.</summary>
    public required decimal NewClientsValue { get; init; }

    /// <summary>What acquiring them costs; null where the CAC is not known.</summary>
    public decimal? AcquisitionSpend { get; init; }

    /// <summary>Value of the next 12 months.</summary>
    public decimal Value => KnownClientsValue + NewClientsValue;

    /// <summary>Value of the next 12 months less what acquiring costs; null where the CAC is not known.</summary>
    public decimal? ValueLessSpend => Value - AcquisitionSpend;

    /// <summary>The figures of an account as it stands.</summary>
    /// <param name="inputs">In their ranges.</param>
    public static ScenarioFigures Of(ScenarioInputs inputs)
    {
        var lifetime = inputs.LifetimeYears;
        var ltv = Money.Times(inputs.AverageOrderValue, inputs.ValueShare * inputs.PurchasesPerYear * lifetime);
        return new ScenarioFigures
        {
            YearlyRetention = Survival.YearlyRetention(lifetime),
            LifetimeYears = lifetime,
            Ltv = ltv,
            LtvToCac = Money.Ratio(ltv, inputs.Cac),
            KnownClientsValue = Money.Round(inputs.KnownClientsValue),
            KnownClientsInterval = inputs.KnownClientsInterval,
            NewClients = inputs.NewClientsPerMonth * 12,
            NewClientsValue = Money.Times(inputs.AverageOrderValue, inputs.ValueShare * PurchasesOfNewClients(inputs)),
            AcquisitionSpend = inputs.Cac is { } cac ? Money.Times(cac, inputs.NewClientsPerMonth * 12) : null,
        };
    }

    /// <summary>
    /// Clients come evenly, those of a month in its middle. Each buys once on coming, and the rest of its lifetime's
    /// purchases evenly while it stays: over a whole life as many as in the LTV, but never fewer than the one that made it a client.
    /// </summary>
    private static double PurchasesOfNewClients(ScenarioInputs inputs)
    {
        var later = Math.Max(0, (inputs.PurchasesPerYear * inputs.LifetimeYears) - 1);
        return Enumerable.Range(0, 12).Sum(month =>
            inputs.NewClientsPerMonth * (1 + (later * Survival.ShareLostWithin((11.5 - month) / 12, inputs.LifetimeYears))));
    }
}
