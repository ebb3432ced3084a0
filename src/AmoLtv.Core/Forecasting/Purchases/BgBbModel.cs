using System.Text.Json.Serialization;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// BG/BB (Fader, Hardie and Shang 2010, Marketing Science 29(6)): in each period a customer still here buys at most once, with
/// a probability from Beta(α, β), and leaves at a period's beginning with a probability from Beta(γ, δ).
/// </summary>
/// <param name="Alpha">First shape of the probability to buy in a period, &gt; 0.</param>
/// <param name="Beta">Its second shape, &gt; 0.</param>
/// <param name="Gamma">First shape of the probability to leave, &gt; 0.</param>
/// <param name="Delta">Its second shape, &gt; 0.</param>
public sealed record BgBbModel(double Alpha, double Beta, double Gamma, double Delta)
{
    /// <summary>The parameters under their published names.</summary>
    [JsonIgnore]
    public IReadOnlyList<ModelParameter> Parameters => [new("alpha", Alpha), new("beta", Beta), new("gamma", Gamma), new("delta", Delta)];

    /// <summary>ln P(observed string of purchases), without the binomial coefficient, as published (eq. 4).</summary>
    public double LogLikelihood(in DiscreteSummary history)
    {
        var log = LogHere(history, history.Periods);
        for (var i = 0; i < history.Periods - history.LastPeriod; i++)
        {
            log = LogSpace.Add(log, LogBought(history.Repeats, history.LastPeriod - history.Repeats + i) + LogLeftAfter(history.LastPeriod + i));
        }

        return log;
    }

    /// <summary>Probability, 0..1, of being still here in the period after the observation (eq. 11).</summary>
    public double AliveProbability(in DiscreteSummary history) =>
        Math.Min(1, Math.Exp(LogHere(history, history.Periods + 1) - LogLikelihood(history)));

    /// <summary>Expected purchases, ≥ 0, in the <paramref name="periods"/> (≥ 0) after the observation (eq. 13, summed period by period).</summary>
    public double ExpectedPurchases(in DiscreteSummary history, int periods) => Sum(history, periods, 1);

    /// <summary>
    /// Discounted expected residual transactions (eq. 14): the purchase of the i-th period to come counts (1 + <paramref name="rate"/>)^−i.
    /// The rate is per period and positive.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is not positive.</exception>
    public double DiscountedPurchases(in DiscreteSummary history, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        return Sum(history, (int)Math.Min(1e6, Math.Ceiling(36 / LogSpace.LogOnePlus(rate))), 1 / (1 + rate));
    }

    /// <summary>Fills P(Y = 0), P(Y = 1), … for the purchases of the <paramref name="periods"/> (≥ 0) to come (eq. 12); the span has at least one entry.</summary>
    public void FillProbabilities(in DiscreteSummary history, int periods, Span<double> probabilities)
    {
        var (x, n) = (history.Repeats, history.Periods);
        var total = LogLikelihood(history);

        // Every logarithm of the terms is a difference of these; each term over the total is a probability and cannot overflow.
        var factorials = Rising(1, periods);
        var bought = Rising(Alpha + x, periods);
        var passed = Rising(Beta + n - x, periods);
        var both = Rising(Alpha + Beta + n, periods);
        var constant = LogBought(x, n - x) - total;
        probabilities.Clear();
        for (var i = 0; i <= periods; i++)
        {
            // The last of them: still here after all periods to come.
            var log = constant + (i == periods ? LogStaying(n + periods) : LogLeftAfter(n + i)) + factorials[i] - both[i];
            for (var y = 0; y <= i && y < probabilities.Length; y++)
            {
                probabilities[y] += Math.Exp(log + bought[y] + passed[i - y] - factorials[y] - factorials[i - y]);
            }
        }

        // Having left before the end of the observation means no purchase.
        probabilities[0] += Math.Max(0, 1 - Math.Exp(LogHere(history, n) - total));
    }

    /// <summary>P(no purchase in the <paramref name="periods"/> to come) of a customer who is still here and stays, 0..1: B(α + x, β + n − x + periods) / B(α + x, β + n − x).</summary>
    public double SilenceIfStaying(in DiscreteSummary history, int periods)
    {
        var (bought, passed) = (Alpha + history.Repeats, Beta + history.Periods - history.Repeats);
        return Math.Exp(GammaFunctions.LogRising(passed, periods) - GammaFunctions.LogRising(bought + passed, periods));
    }

    private double Sum(in DiscreteSummary history, int periods, double discount)
    {
        var bought = LogBought(history.Repeats + 1, history.Periods - history.Repeats);
        var here = Math.Exp(bought + LogStaying(history.Periods + 1) - LogLikelihood(history));
        double sum = 0, factor = discount;
        for (var i = 1; i <= periods && factor > 1e-16; i++)
        {
            sum += factor * here;
            factor *= discount;
            here *= (Delta + history.Periods + i) / (Gamma + Delta + history.Periods + i);
        }

        return sum;
    }

    private double LogHere(in DiscreteSummary history, int periods) =>
        LogBought(history.Repeats, history.Periods - history.Repeats) + LogStaying(periods);

    private double LogBought(int purchases, int blanks) =>
        GammaFunctions.LogRising(Alpha, purchases) + GammaFunctions.LogRising(Beta, blanks) - GammaFunctions.LogRising(Alpha + Beta, purchases + blanks);

    private double LogStaying(int periods) => GammaFunctions.LogRising(Delta, periods) - GammaFunctions.LogRising(Gamma + Delta, periods);

    private double LogLeftAfter(int periods) => Math.Log(Gamma) + GammaFunctions.LogRising(Delta, periods) - GammaFunctions.LogRising(Gamma + Delta, periods + 1);

    // ln Γ(a + n)/Γ(a) for n = 0..most.
    private static double[] Rising(double a, int most)
    {
        var (counts, logs) = (Enumerable.Range(0, most + 1).ToArray(), new double[most + 1]);
        RisingFactorial.Fill(a, counts, logs, new double[most + 1]);
        return logs;
    }
}
