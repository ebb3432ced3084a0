namespace AmoLtv.Core.Valuation;

/// <summary>The textbook formula.</summary>
public static class FormulaLtv
{
    /// <summary>Value of a purchase × purchases a year × years; takes what it is given and rounds to kopecks at the end alone.</summary>
    public static decimal Of(decimal averageOrderValue, double purchasesPerYear, double lifetimeYears) =>
        Money.Times(averageOrderValue, purchasesPerYear * lifetimeYears);
}
