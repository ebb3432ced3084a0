namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>A method's forecast against what happened; total errors in percent, coverages as fractions, money in the account's currency.</summary>
public sealed record HoldoutErrors
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>Mean absolute error of purchases a customer.</summary>
    public required double PurchasesMae { get; init; }

    /// <summary>Root mean squared error of purchases a customer.</summary>
    public required double PurchasesRmse { get; init; }

    /// <summary>100 · (Σ forecast / Σ actual − 1); null where nothing was bought.</summary>
    public required double? PurchasesTotalError { get; init; }

    /// <summary>Mean absolute error of money a customer.</summary>
    public required double ValueMae { get; init; }

    /// <summary>Root mean squared error of money a customer.</summary>
    public required double ValueRmse { get; init; }

    /// <summary>100 · (Σ forecast / Σ actual − 1); null where nothing was bought.</summary>
    public required double? ValueTotalError { get; init; }

    /// <summary>Rank correlation of forecast and actual purchases, −1..1, ties at their mean rank; 0 where either does not vary.</summary>
    public required double Spearman { get; init; }

    /// <summary>Share of the actual purchases made by the tenth of customers with the highest forecasts, 0..1; ties share the places.</summary>
    public required double TopDecileShare { get; init; }

    /// <summary>Share of the randomised probability integral transforms of purchases inside the middle 80 %, 0..1 (Czado, Gneiting and Held 2009, Biometrics 65(4)); null for a method without a distribution.</summary>
    public double? IntervalCoverage { get; init; }

    /// <summary>Share of customers whose purchases fell into their interval, 0..1; null for a method without a distribution.</summary>
    public double? IntervalCoveragePlain { get; init; }

    /// <summary>Mean of the intervals' own probabilities, 0..1; null for a method without a distribution.</summary>
    public double? IntervalNominal { get; init; }

    /// <summary>Share of customers whose money fell into their interval of value, 0..1; null for a method without a distribution.</summary>
    public double? ValueIntervalCoverage { get; init; }

    /// <summary>Mean of the intervals of value's own probabilities, 0..1: above 0.8 where "nothing" alone is more probable than that.</summary>
    public double? ValueIntervalNominal { get; init; }

    /// <summary>How many of each grade bought again; empty for a method without a distribution.</summary>
    public IReadOnlyList<CalibrationGrade> Grades { get; init; } = [];
}
