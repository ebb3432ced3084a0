namespace AmoLtv.Core.Attribution;

/// <summary>How far each slider is moved; 0 leaves today's number. Percents are −100 to 1000, points −100 to 100.</summary>
public sealed record ScenarioMoves
{
    private const double LargestPercent = 1000;

    /// <summary>Points of percent added to the share of clients that stay a year.</summary>
    public double RetentionPoints { get; init; }

    /// <summary>Percent added to the average order value.</summary>
    public double AverageOrderValuePercent { get; init; }

    /// <summary>Percent added to the purchases a year.</summary>
    public double FrequencyPercent { get; init; }

    /// <summary>Points of percent added to the margin; without effect where the account's basis is revenue.</summary>
    public double MarginPoints { get; init; }

    /// <summary>Percent added to the new clients of a month.</summary>
    public double NewClientsPercent { get; init; }

    /// <summary>Percent added to the cost of acquiring a client.</summary>
    public double CacPercent { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A move is out of its range.</exception>
    internal void Check()
    {
        foreach (var percent in new[] { AverageOrderValuePercent, FrequencyPercent, NewClientsPercent, CacPercent })
        {
            ThrowUnlessBetween(percent, LargestPercent);
        }

        ThrowUnlessBetween(RetentionPoints, 100);
        ThrowUnlessBetween(MarginPoints, 100);
    }

    private static void ThrowUnlessBetween(double move, double most)
    {
        if (!(move >= -100 && move <= most))
        {
            throw new ArgumentOutOfRangeException(nameof(move), move, "A move is a percent from -100 to 1000, or points from -100 to 100.");
        }
    }
}
