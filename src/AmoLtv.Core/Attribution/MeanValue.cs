using AmoLtv.Core.Valuation;
using MathNet.Numerics.Distributions;

namespace AmoLtv.Core.Attribution;

/// <summary>Mean of sums of money, and how sure it is.</summary>
/// <param name="Count">How many sums.</param>
/// <param name="Mean">0 without any; to the kopeck.</param>
/// <param name="Interval">95 %; null below <see cref="LeastCount"/> sums, which say nothing about their own spread.</param>
public readonly record struct MeanValue(int Count, decimal Mean, MoneyInterval? Interval)
{
    public const int LeastCount = 5;

    private const double Upper = 0.975;

    /// <summary>
    /// Student's interval, its middle moved for the skewness that sums of money have (N. J. Johnson, "Modified t tests and
    /// confidence intervals for asymmetrical populations", JASA 73, 1978): a few large clients pull the upper end up.
    /// The move is at most half a standard error, so that five sums do not lead it astray; the lower end is 0 at least.
    /// </summary>
    /// <param name="sums">0 or above.</param>
    public static MeanValue Of(IReadOnlyCollection<decimal> sums)
    {
        if (sums.Count == 0)
        {
            return default;
        }

        var mean = sums.Sum() / sums.Count;
        return new MeanValue(sums.Count, Money.Round(mean), sums.Count < LeastCount ? null : IntervalOf(sums, mean));
    }

    private static MoneyInterval IntervalOf(IReadOnlyCollection<decimal> sums, decimal mean)
    {
        var (squares, cubes) = (0.0, 0.0);
        foreach (var sum in sums)
        {
            var difference = (double)(sum - mean);
            squares += difference * difference;
            cubes += difference * difference * difference;
        }

        double count = sums.Count;
        var variance = squares / (count - 1);
        var error = Math.Sqrt(variance / count);
        var skewed = variance > 0 ? cubes / count / (6 * variance * count) : 0;
        var middle = Math.Clamp(skewed, -error / 2, error / 2);
        var reach = StudentT.InvCDF(0, 1, count - 1, Upper) * error;
        return new MoneyInterval(Math.Max(0, Money.Round(mean + (decimal)(middle - reach))), Money.Round(mean + (decimal)(middle + reach)));
    }
}
