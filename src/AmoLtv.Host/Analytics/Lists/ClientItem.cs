using System.Text.Json.Serialization;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>A client of a list. Money in the account's currency, on its basis but for the revenue.</summary>
public sealed record ClientItem
{
    /// <summary>1 a company, 3 a contact that buys without one.</summary>
    public required int Scope { get; init; }

    public required long Id { get; init; }

    /// <summary>Of the company; empty for a contact, whose name is not stored.</summary>
    public required string Name { get; init; }

    public long? Responsible { get; init; }

    /// <summary>What it adds to the base.</summary>
    public required decimal Value { get; init; }

    /// <summary>The headline.</summary>
    public decimal? Ltv { get; init; }

    public required decimal Historical { get; init; }

    public required decimal Revenue { get; init; }

    public required int Purchases { get; init; }

    public decimal? AverageOrderValue { get; init; }

    public double? PurchasesPerYear { get; init; }

    public decimal? Expected { get; init; }

    public decimal? ExpectedLow { get; init; }

    public decimal? ExpectedHigh { get; init; }

    /// <summary>0 to 1.</summary>
    public double? RepeatProbability { get; init; }

    public DateOnly? NextPurchase { get; init; }

    public required DateOnly FirstPurchase { get; init; }

    public required DateOnly LastPurchase { get; init; }

    public string? Tier { get; init; }

    public int? Recency { get; init; }

    public int? Frequency { get; init; }

    public int? Monetary { get; init; }

    public string? Rfm { get; init; }

    public string? Lifecycle { get; init; }

    public string? Channel { get; init; }

    public decimal? Cac { get; init; }

    public double? LtvToCac { get; init; }

    public int? PaybackMonths { get; init; }

    /// <summary>The tier it is close to.</summary>
    public string? NextTier { get; init; }

    /// <summary>What it misses to that tier.</summary>
    public decimal? Missing { get; init; }

    [JsonIgnore]
    public string CursorKey { get; init; } = "";
}
