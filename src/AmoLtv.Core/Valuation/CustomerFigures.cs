using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Valuation;

/// <summary>
/// What the base as a whole is summed and cut by, of one customer: computed just now, or read back where it did not change.
/// Money in the account's currency.
/// </summary>
public sealed record CustomerFigures
{
    public required CustomerKey Key { get; init; }

    /// <summary>Purchases of the period.</summary>
    public required int Purchases { get; init; }

    /// <summary>Credit notes taken off.</summary>
    public required decimal Revenue { get; init; }

    /// <summary>Null where the account has no costs.</summary>
    public decimal? Margin { get; init; }

    /// <summary>What was bought, on the account's basis.</summary>
    public required decimal HistoricalLtv { get; init; }

    /// <summary>Null for one that never bought.</summary>
    public double? PurchasesPerYear { get; init; }

    /// <summary>On the account's basis; null for the reasons of <see cref="NoFormulaReason"/>.</summary>
    public decimal? FormulaLtv { get; init; }

    /// <summary>Whether credit notes reach its revenue: it adds nothing to the base then.</summary>
    public bool ReturnsExceedPurchases { get; init; }

    /// <summary>The headline.</summary>
    public decimal? Ltv { get; init; }

    /// <summary>Null for one that never bought.</summary>
    public Relationship? Relationship { get; init; }

    /// <summary>Whether it is a client with a place in the base: it ever bought, and is no contact of a company.</summary>
    public bool IsClient => Key.IsClient && Relationship is not null;

    /// <summary>
    /// What a client adds to the base: nothing below 0, and nothing where returns reach what it bought. Every sum over
    /// segments, channels and users is a sum of it, so that they all reconcile.
    /// </summary>
    public decimal Value => ReturnsExceedPurchases ? 0 : Math.Max(0, Ltv ?? 0);
}
