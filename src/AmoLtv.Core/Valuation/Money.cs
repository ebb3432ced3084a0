namespace AmoLtv.Core.Valuation;

/// <summary>Where statistics (double) meet money (decimal): here and nowhere else.</summary>
public static class Money
{
    /// <summary>A sum times a number of the statistics, rounded to kopecks once, at the end.</summary>
    public static decimal Times(decimal amount, double factor) => Round(amount * (decimal)factor);

    /// <summary>Kopecks exact, halves away from zero.</summary>
    public static decimal Round(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    /// <summary>A sum as the statistics take it.</summary>
    public static double ToDouble(decimal amount) => (double)amount;

    /// <summary>How often one sum goes into another; null where that has no meaning.</summary>
    public static double? Ratio(decimal? amount, decimal? per) => per > 0 && amount is { } sum ? (double)(sum / per.Value) : null;
}
