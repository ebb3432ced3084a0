using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>A client's numbers by one set of settings; money in the account's currency.</summary>
public sealed record PreviewFigures
{
    /// <summary>The headline; null where nothing is summed.</summary>
    public decimal? Ltv { get; init; }

    /// <summary>Which number it is.</summary>
    public required HeadlineKind Kind { get; init; }

    /// <summary>Whether it stands for a lower one, since more was bought already.</summary>
    public required bool IsFloored { get; init; }

    public required decimal Bought { get; init; }

    public decimal? FormulaLtv { get; init; }

    public decimal? Expected { get; init; }

    public required int Purchases { get; init; }

    public decimal? AverageOrderValue { get; init; }

    public double? PurchasesPerYear { get; init; }

    public required double LifetimeYears { get; init; }

    public decimal? Cac { get; init; }

    public string? Channel { get; init; }

    /// <summary>Code of its tier; null for one that never bought.</summary>
    public string? Tier { get; init; }

    /// <summary>Life-cycle state in camelCase; null for one that never bought.</summary>
    public string? Lifecycle { get; init; }
}
