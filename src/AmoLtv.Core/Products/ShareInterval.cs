namespace AmoLtv.Core.Products;

/// <summary>A share of trials, and between which ends it lies in 95 cases of 100. All 0 to 1.</summary>
public readonly record struct ShareInterval(double Share, double Low, double High)
{
    /// <summary>Of the normal distribution at 97.5 %.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>
    /// The score interval (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927): it holds for few trials
    /// and for shares near 0 and 1, where the usual one does not.
    /// </summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no trials, or more successes than trials.</exception>
    public static ShareInterval Of(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var (share, square) = ((double)successes / trials, Z * Z);
        var middle = share + (square / (2 * trials));
        var reach = Z * Math.Sqrt(((share * (1 - share)) + (square / (4 * trials))) / trials);
        var scale = 1 + (square / trials);
        return new ShareInterval(
            share,
            successes == 0 ? 0 : Math.Max(0, (middle - reach) / scale),
            successes == trials ? 1 : Math.Min(1, (middle + reach) / scale));
    }
}
