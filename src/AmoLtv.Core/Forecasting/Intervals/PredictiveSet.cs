namespace AmoLtv.Core.Forecasting.Intervals;

/// <summary>
/// The smallest set of outcomes, of the form "nothing, or from low to high", with at least the asked probability. Nothing is an
/// outcome with a probability of its own; the rest is one range: a highest density region (Hyndman 1996, The American
/// Statistician 50(2)) held to that form.
/// </summary>
/// <param name="IncludesZero">True where "nothing" belongs to the set.</param>
/// <param name="Low">Lower end of the range, &gt; 0; 0 where the set is "nothing" alone.</param>
/// <param name="High">Upper end of the range; 0 where the set is "nothing" alone.</param>
/// <param name="Probability">Probability of the set under the forecast, 0..1: at least what was asked, more where outcomes are whole numbers.</param>
public readonly record struct PredictiveSet(bool IncludesZero, double Low, double High, double Probability)
{
    /// <summary>True where the outcome lies in the set.</summary>
    public bool Contains(double outcome) => outcome == 0 ? IncludesZero : outcome >= Low && outcome <= High;

    /// <summary>The smallest set of whole numbers; all that is listed where the list has not the mass.</summary>
    /// <param name="probabilities">P(0), P(1), …, at least one entry.</param>
    /// <param name="nominal">Probability the set holds at least, 0..1.</param>
    public static PredictiveSet OfCounts(ReadOnlySpan<double> probabilities, double nominal)
    {
        var zero = probabilities[0];
        if (zero >= nominal)
        {
            return new PredictiveSet(true, 0, 0, zero);
        }

        var with = Shortest(probabilities, nominal - zero);
        var without = Shortest(probabilities, nominal);
        var isWithout = without.Reached && (without.High - without.Low, -without.Mass).CompareTo((with.High - with.Low + 1, -(with.Mass + zero))) <= 0;
        return isWithout
            ? new PredictiveSet(false, without.Low, without.High, Math.Min(1, without.Mass))
            : new PredictiveSet(true, with.Low, with.High, Math.Min(1, zero + with.Mass));
    }

    /// <summary>The set of outcomes counted in lots; whole numbers stay whole.</summary>
    internal PredictiveSet Scaled(double lot) => lot == 1 ? this : this with { Low = Math.Floor(Low * lot), High = Math.Ceiling(High * lot) };

    // The shortest range of positive counts with the mass; among equals the most probable; the whole list where it has not the mass.
    private static (int Low, int High, double Mass, bool Reached) Shortest(ReadOnlySpan<double> probabilities, double mass)
    {
        var best = (Low: 1, High: Math.Max(1, probabilities.Length - 1), Mass: 0.0, Reached: false);
        double sum = 0;
        var low = 1;
        for (var high = 1; high < probabilities.Length; high++)
        {
            sum += probabilities[high];
            while (low < high && sum - probabilities[low] >= mass)
            {
                sum -= probabilities[low++];
            }

            if (sum >= mass && (!best.Reached || high - low < best.High - best.Low || (high - low == best.High - best.Low && sum > best.Mass)))
            {
                best = (low, high, sum, true);
            }
        }

        return best.Reached ? best : best with { Mass = sum };
    }
}
