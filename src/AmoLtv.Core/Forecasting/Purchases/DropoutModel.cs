using System.Buffers;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// BG/NBD (Fader, Hardie and Lee 2005, Marketing Science 24(2)), MBG/NBD (Batislam, Denizel and Filiztekin 2007, Int. J. Research in
/// Marketing 24(3)) and MBG/CNBD-k (Reutterer, Platzer and Schröder 2020, same journal): purchases are Poisson (Erlang-k) with a
/// rate from Gamma(r, α), and after a purchase the customer leaves with a probability from Beta(a, b). A customer still here after
/// x repeats behaves as a new one with (r + kx, α + T, a, b + m), m = x for BG/NBD and x + 1 for the others: all forecasts are
/// that one process.
/// </summary>
/// <param name="Kind">BgNbd, MbgNbd or MbgCnbd.</param>
/// <param name="R">Shape of the rates, &gt; 0.</param>
/// <param name="Alpha">Rate parameter of the rates, &gt; 0, in the unit of time.</param>
/// <param name="A">First shape of the dropout probability, &gt; 0.</param>
/// <param name="B">Second shape of the dropout probability, &gt; 0.</param>
/// <param name="Order">Erlang order k ≥ 1; 1 is Poisson.</param>
public sealed record DropoutModel(PurchaseModelKind Kind, double R, double Alpha, double A, double B, int Order = 1) : PurchaseModel
{
    // Whatever the unit of time, nobody waits as long for anything.
    private const double LongestWait = 1e9;

    /// <inheritdoc/>
    public override PurchaseModelKind Kind { get; } = Kind;

    /// <inheritdoc/>
    public override IReadOnlyList<ModelParameter> Parameters => Kind == PurchaseModelKind.MbgCnbd
        ? [new("k", Order), new("r", R), new("alpha", Alpha), new("a", A), new("b", B)]
        : [new("r", R), new("alpha", Alpha), new("a", A), new("b", B)];

    private int Offset => Kind == PurchaseModelKind.BgNbd ? 0 : 1;

    /// <summary>BG/NBD with its published parameters (Fader, Hardie and Lee 2005).</summary>
    public static DropoutModel BgNbd(double r, double alpha, double a, double b) => new(PurchaseModelKind.BgNbd, r, alpha, a, b);

    /// <summary>MBG/NBD with its published parameters (Batislam et al. 2007).</summary>
    public static DropoutModel MbgNbd(double r, double alpha, double a, double b) => new(PurchaseModelKind.MbgNbd, r, alpha, a, b);

    /// <summary>BG/NBD: Fader, Hardie and Lee (2005), eq. 6. For order k &gt; 1 without the factor Π gap^(k−1) / Γ(k)^x, which no parameter touches.</summary>
    public override double LogLikelihood(in RepeatSummary history)
    {
        var staying = LogStaying(history);
        var left = LogLeft(history);
        var survivals = history.Repeats + Offset;
        return GammaFunctions.LogRising(R, Order * history.Repeats) + R * Math.Log(Alpha)
            + GammaFunctions.LogRising(B, survivals) - GammaFunctions.LogRising(A + B, survivals)
            - (R + Order * history.Repeats) * Math.Log(Alpha + history.Age) + LogSpace.Add(staying, left);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// 1 / (1 + a/(b + m − 1) · ((α + T)/(α + t_x))^(r + kx) / S), S the sum over the Erlang phases passed in silence, 1 for k = 1; the
    /// odds of having left are 0 for BG/NBD at x = 0.
    /// </remarks>
    public override double AliveProbability(in RepeatSummary history) => LogSpace.Sigmoid(LogStaying(history) - LogLeft(history));

    /// <inheritdoc/>
    /// <remarks>For k = 1 Fader, Hardie and Lee (2005), eq. 10 over P(alive), after Euler's transform; for k &gt; 1 Σ P(Y ≥ n) over the phases passed.</remarks>
    public override double ExpectedIfHere(in RepeatSummary history, double horizon)
    {
        var state = new DropoutState(R + Order * history.Repeats, Alpha + history.Age, A, B + history.Repeats + Offset, Order);
        if (Order == 1)
        {
            return state.ExpectedPurchases(horizon);
        }

        double expected = 0;
        Span<double> phases = stackalloc double[Order];
        FillPhases(history, phases);
        for (var j = 0; j < Order; j++)
        {
            expected += phases[j] * (state with { Shape = state.Shape + j }).ExpectedByCounting(horizon, j);
        }

        return expected;
    }

    /// <inheritdoc/>
    /// <remarks>For BG/NBD Fader, Hardie and Lee (2005), eq. 9; the others go on from b + 1, times b/(a + b), the chance to stay after the first purchase.</remarks>
    public override double ExpectedPurchasesOfNewCustomer(double time)
    {
        var state = new DropoutState(R, Alpha, A, B + Offset, Order);
        var staying = Offset == 0 ? 1 : B / (A + B);
        return staying * (Order == 1 ? state.ExpectedPurchases(time) : state.ExpectedByCounting(time, 0));
    }

    /// <inheritdoc/>
    public override void FillIfHere(in RepeatSummary history, double horizon, Span<double> probabilities)
    {
        var state = new DropoutState(R + Order * history.Repeats, Alpha + history.Age, A, B + history.Repeats + Offset, Order);
        if (Order == 1)
        {
            state.Fill(horizon, probabilities);
        }
        else
        {
            FillErlang(history, state, horizon, probabilities);
        }
    }

    /// <inheritdoc/>
    /// <remarks>For BG/NBD Fader, Hardie and Lee (2005), eq. 8.</remarks>
    public override void FillProbabilitiesOfNewCustomer(double time, Span<double> probabilities)
    {
        var state = new DropoutState(R, Alpha, A, B + Offset, Order);
        if (Order == 1)
        {
            state.Fill(time, probabilities);
        }
        else
        {
            probabilities.Clear();
            AddPhase(state, time, 0, 1, probabilities);
        }

        Thin(Offset == 0 ? 1 : B / (A + B), probabilities);
    }

    /// <summary>As in <see cref="PurchaseModel.MedianWaitIfStaying"/>; for order k &gt; 1 by bisection on the wait, whose phases passed are not known.</summary>
    public override double MedianWaitIfStaying(in RepeatSummary history)
    {
        var longest = MedianWait(R + Order * history.Repeats, Alpha + history.Age);
        if (Order == 1)
        {
            return longest;
        }

        double low = 0;
        Span<double> none = stackalloc double[1];
        for (FillIfHere(history, longest, none); none[0] > 0.5 && longest < LongestWait; FillIfHere(history, longest, none))
        {
            (low, longest) = (longest, 2 * longest);
        }

        if (none[0] > 0.5)
        {
            return double.PositiveInfinity;
        }

        for (var step = 0; step < 60 && longest - low > 1e-4 * longest; step++)
        {
            var middle = (low + longest) / 2;
            FillIfHere(history, middle, none);
            (low, longest) = none[0] > 0.5 ? (middle, longest) : (low, middle);
        }

        return longest;
    }

    /// <inheritdoc/>
    public override (double Mean, double Deviation) CountIfStaying(in RepeatSummary history, double horizon)
    {
        var odds = horizon / (Alpha + history.Age);
        var mean = (R + Order * history.Repeats) * odds;
        return (mean / Order, Math.Sqrt(mean * (1 + odds)) / Order);
    }

    private void FillErlang(in RepeatSummary history, DropoutState state, double horizon, Span<double> probabilities)
    {
        Span<double> phases = stackalloc double[Order];
        FillPhases(history, phases);
        probabilities.Clear();
        for (var j = 0; j < Order; j++)
        {
            AddPhase(state with { Shape = state.Shape + j }, horizon, j, phases[j], probabilities);
        }
    }

    private void AddPhase(DropoutState state, double horizon, int phase, double weight, Span<double> probabilities)
    {
        var steps = ArrayPool<double>.Shared.Rent(Order * (probabilities.Length + 1));
        state.AddErlang(horizon, phase, weight, steps.AsSpan(0, Order * (probabilities.Length + 1)), probabilities);
        ArrayPool<double>.Shared.Return(steps);
    }

    // Probabilities of having passed j phases of the Erlang time since the last purchase, given that the customer stays.
    private void FillPhases(in RepeatSummary history, Span<double> phases)
    {
        var share = (history.Age - history.Recency) / (Alpha + history.Age);
        var shape = R + Order * history.Repeats;
        double term = 1;
        double sum = 0;
        for (var j = 0; j < phases.Length; j++)
        {
            phases[j] = term;
            sum += term;
            term *= share * (shape + j) / (j + 1);
        }

        for (var j = 0; j < phases.Length; j++)
        {
            phases[j] /= sum;
        }
    }

    // ln A: silent since the last purchase, yet still here.
    private double LogStaying(in RepeatSummary history)
    {
        var share = (history.Age - history.Recency) / (Alpha + history.Age);
        var shape = R + Order * history.Repeats;
        double term = 1;
        double sum = 1;
        for (var j = 1; j < Order; j++)
        {
            term *= share * (shape + j - 1) / j;
            sum += term;
        }

        return Math.Log(sum);
    }

    private double LogLeft(in RepeatSummary history)
    {
        var survivals = history.Repeats + Offset;
        return survivals == 0
            ? double.NegativeInfinity
            : Math.Log(A / (B + survivals - 1)) + (R + Order * history.Repeats) * Math.Log((Alpha + history.Age) / (Alpha + history.Recency));
    }
}
