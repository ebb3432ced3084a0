using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Valuation;

/// <summary>The numbers of one customer. Money in the account's currency, kopecks exact.</summary>
public sealed record CustomerValuation
{
    public required CustomerKey Key { get; init; }

    /// <summary>Purchases of the account's period.</summary>
    public required int Purchases { get; init; }

    /// <summary>Their sum with credit notes taken off.</summary>
    public required decimal Revenue { get; init; }

    /// <summary>0 or above.</summary>
    public required decimal CreditNotes { get; init; }

    /// <summary>Gross profit; null where the account has no costs.</summary>
    public decimal? Margin { get; init; }

    /// <summary>Purchases whose cost is the account's percent; 0 where the account has no costs.</summary>
    public int EstimatedCosts { get; init; }

    /// <summary>What was bought, on the account's basis; negative as it is.</summary>
    public required decimal HistoricalLtv { get; init; }

    /// <summary>Revenue per purchase; null without purchases in the period.</summary>
    public decimal? AverageOrderValue { get; init; }

    /// <summary>Null for one that never bought.</summary>
    public double? PurchasesPerYear { get; init; }

    /// <summary>The account's expected lifetime.</summary>
    public required double LifetimeYears { get; init; }

    /// <summary>On the account's basis.</summary>
    public decimal? FormulaLtv { get; init; }

    /// <summary>Why <see cref="FormulaLtv"/> is null; null where it is not.</summary>
    public NoFormulaReason? NoFormulaReason { get; init; }

    public required Headline Headline { get; init; }

    /// <summary>What is still to come; null where the account has no forecast, and for a customer that never bought.</summary>
    public CustomerPrediction? Prediction { get; init; }

    /// <summary>What was bought and what is expected; null without a forecast.</summary>
    public decimal? TotalLtv => HistoricalLtv + Prediction?.Value;

    public Relationship? Relationship { get; init; }

    public string? Channel { get; init; }

    /// <summary>Cost of acquiring it; null where it is not known.</summary>
    public decimal? Cac { get; init; }

    /// <summary>Headline for each unit of <see cref="Cac"/>; null without a cost above 0.</summary>
    public double? LtvToCac { get; init; }

    /// <summary>As <see cref="Payback.Months"/> gives it; null where the cost is not known either.</summary>
    public int? PaybackMonths { get; init; }

    /// <summary>The headline; null where nothing is summed.</summary>
    public decimal? Ltv => Headline.Ltv;

    /// <summary>What the base is summed and cut by.</summary>
    public CustomerFigures Figures => new()
    {
        Key = Key,
        Purchases = Purchases,
        Revenue = Revenue,
        Margin = Margin,
        HistoricalLtv = HistoricalLtv,
        PurchasesPerYear = PurchasesPerYear,
        FormulaLtv = FormulaLtv,
        ReturnsExceedPurchases = NoFormulaReason == Valuation.NoFormulaReason.ReturnsExceedPurchases,
        Ltv = Ltv,
        Relationship = Relationship,
    };

    public HeadlineKind LtvKind => Headline.Kind;

    /// <summary>Whether it ever bought: only then it is a customer with an LTV, and a place in the base.</summary>
    public bool HasBought => Relationship is not null;
}
