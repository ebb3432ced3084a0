namespace AmoLtv.Core.Valuation;

/// <summary>The textbook formula.</summary>
public static class FormulaLtv
{
    /// <summary>Value of a purchase × purchases a year × years; takes what it is given and rounds to kopecks at the end alone.</summary>
    /// <param name="averageOrderValue">On the account's basis, in its currency.</param>
    /// <param name="purchasesPerYear">0 or above.</param>
    /// <param name="lifetimeYears">Above 0.</param>
    public static decimal Of(decimal averageOrderValue, double purchasesPerYear, double lifetimeYears) =>
        Money.Times(averageOrderValue, purchasesPerYear * lifetimeYears);
}
