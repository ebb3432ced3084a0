namespace AmoLtv.Host.Cards;

/// <summary>What the tables know of a customer and its account: one row, the customer's columns null where it has no result.</summary>
public sealed class CardRow
{
    public required string Currency { get; init; }

    public required string CurrencySymbol { get; init; }

    public bool IsConnected { get; init; }

    public DateOnly? AsOf { get; init; }

    public DateTime? CalculatedAt { get; init; }

    public string? Basis { get; init; }

    public string? LifetimeSource { get; init; }

    public int? Purchases { get; init; }

    public decimal? HistoricalLtv { get; init; }

    public decimal? AverageOrderValue { get; init; }

    public double? PurchasesPerYear { get; init; }

    public double? LifetimeYears { get; init; }

    public decimal? Ltv { get; init; }

    public string? LtvKind { get; init; }

    public bool? IsFloored { get; init; }

    public string? NoFormulaReason { get; init; }

    public DateOnly? FirstPurchase { get; init; }

    public DateOnly? LastPurchase { get; init; }

    public string? Tier { get; init; }

    public double? TopPercent { get; init; }
}
