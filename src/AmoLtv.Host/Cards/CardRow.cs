namespace AmoLtv.Host.Cards;

/// <summary>What the tables know of a customer and its account: one row, the customer's columns null where it has no result.</summary>
public sealed class CardRow
{
    public required string Currency { get; init; }

    public required string CurrencySymbol { get; init; }

    /// <summary>Version of the settings that the numbers were made with; null where there are none.</summary>
    public int? SettingsVersion { get; init; }

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

    public double? ExpectedPurchases { get; init; }

    public double? RepeatProbability { get; init; }

    public decimal? ExpectedValue { get; init; }

    public decimal? ValueLow { get; init; }

    public decimal? ValueHigh { get; init; }

    public bool? ValueOrNone { get; init; }

    public double? ValueProbability { get; init; }

    public DateOnly? NextPurchase { get; init; }

    public string? Lifecycle { get; init; }

    public double? TypicalGapDays { get; init; }

    public string? GapSource { get; init; }

    public decimal? Cac { get; init; }

    public double? LtvToCac { get; init; }

    public int? PaybackMonths { get; init; }

    public int? EstimatedCosts { get; init; }

    public decimal? LtvBefore { get; init; }

    public decimal? ByPurchases { get; init; }

    public decimal? BySettings { get; init; }

    public decimal? ByModel { get; init; }

    public decimal? ByAgeing { get; init; }

    public DateTime? ChangedAt { get; init; }

    public int UnreadableLeads { get; init; }

    /// <summary>Day number of the first purchase of the base that the forecast was learned from.</summary>
    public int? FirstDay { get; init; }

    /// <summary>Core's ForecastRefusal as JSON.</summary>
    public string? Refusal { get; init; }

    /// <summary>Core's CalibrationGrades as JSON, of the last backtest.</summary>
    public string? Grades { get; init; }
}
