using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>An account's numbers by one set of settings; money in its currency.</summary>
public sealed record PreviewTotals
{
    public required DateOnly AsOf { get; init; }

    public required Basis Basis { get; init; }

    /// <summary>Leads that count.</summary>
    public required int Purchases { get; init; }

    public required int CreditNotes { get; init; }

    /// <summary>Leads that do not, by reason in camelCase.</summary>
    public required IReadOnlyDictionary<string, int> Excluded { get; init; }

    /// <summary>Purchases less credit notes.</summary>
    public required decimal Revenue { get; init; }

    public required int Clients { get; init; }

    public decimal? AverageOrderValue { get; init; }

    /// <summary>Mean headline of the clients that have one; null without any.</summary>
    public decimal? MeanLtv { get; init; }

    /// <summary>Sum of headlines, as segments count it: nothing below 0.</summary>
    public required decimal SumLtv { get; init; }

    /// <summary>Expected of all clients in the horizon; null without a forecast.</summary>
    public decimal? Expected { get; init; }

    public double? PurchasesPerYear { get; init; }

    public required double LifetimeYears { get; init; }

    public required LifetimeSource LifetimeSource { get; init; }

    public decimal? FormulaLtv { get; init; }

    /// <summary>Share of the revenue whose cost is known, 0 to 1.</summary>
    public required double CostCoverage { get; init; }

    public decimal? MarginPercent { get; init; }

    /// <summary>Mean cost of acquiring a client, over those whose cost is known; null without any.</summary>
    public decimal? MeanCac { get; init; }

    public required int ClientsWithCac { get; init; }

    public required HeadlineKind Headline { get; init; }

    /// <summary>Clients and value by tier, the most valuable tier first.</summary>
    public required IReadOnlyList<PreviewTier> Tiers { get; init; }

    /// <summary>Clients by life-cycle state in camelCase.</summary>
    public required IReadOnlyDictionary<string, int> Lifecycle { get; init; }
}
