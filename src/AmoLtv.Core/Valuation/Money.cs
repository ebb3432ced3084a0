namespace AmoLtv.Core.Valuation;

/// <summary>Where statistics (double) meet money (decimal): here and nowhere else.</summary>
public static class Money
{
    /// <summary>More is not stored, and no client is worth it.</summary>
    public const decimal Largest = 999_999_999_999_999m;

    /// <summary>A sum times a number of the statistics, rounded to kopecks once, at the end; at most <see cref="Largest"/>, so that one typing error does not end a night.</summary>
    /// <exception cref="OverflowException">The factor is not a number.</exception>
    public static decimal Times(decimal amount, double factor)
    {
        // Looked at first: a decimal cannot hold the product that is to be cut off.
        var product = ToDouble(amount) * factor;
        return amount == 0 ? 0 : Math.Abs(product) >= ToDouble(Largest) ? Math.Sign(product) * Largest : Round(amount * (decimal)factor);
    }

    /// <summary>Kopecks exact, halves away from zero.</summary>
    public static decimal Round(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    /// <summary>A sum for the statistics.</summary>
    public static double ToDouble(decimal amount) => (double)amount;

    /// <summary>A sum that the statistics gave, kopecks exact; beyond <see cref="Largest"/> that is what it is said to be.</summary>
    /// <param name="amount">Finite; an infinite one stands as <see cref="Largest"/>.</param>
    /// <exception cref="OverflowException"><paramref name="amount"/> is not a number.</exception>
    public static decimal FromDouble(double amount) => Round((decimal)Math.Clamp(amount, -(double)Largest, (double)Largest));

    /// <summary>How often <paramref name="per"/> goes into <paramref name="amount"/>; null where one is not known, or the divisor is not above 0.</summary>
    public static double? Ratio(decimal? amount, decimal? per) => per > 0 && amount is { } sum ? (double)(sum / per.Value) : null;
}
