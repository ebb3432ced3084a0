namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>
/// Minimises a smooth function of a few coordinates inside a box by projected BFGS with an active set
/// (Nocedal and Wright, Numerical Optimization, chapters 6 and 16.7). Deterministic; never leaves the box; never returns a
/// point that is worse than its start.
/// </summary>
/// <param name="lower">Lowest value of every coordinate.</param>
/// <param name="upper">Highest value of every coordinate, above the lowest.</param>
/// <param name="tolerance">Of the largest free component of the gradient, relative to 1 + |value|; above 0.</param>
/// <param name="iterations">Most steps of the last descent, ≥ 0.</param>
public sealed class BoundedMinimizer(double lower, double upper, double tolerance = 1e-9, int iterations = 300)
{
    private const double Armijo = 1e-4;
    private const double LongestStep = 3;
    private const int IterationsOfScouts = 10;

    /// <summary>Follows each start for a few steps, then the best one to the tolerance. Null where no start has a finite value.</summary>
    /// <param name="objective">Smooth inside the box.</param>
    /// <param name="starts">Of one length; coordinates outside the box are moved to its edge.</param>
    public Minimum? Minimize(Objective objective, params IReadOnlyList<double[]> starts)
    {
        Minimum? best = null;
        var evaluations = 0;
        foreach (var start in starts)
        {
            var found = starts.Count > 1 ? Descend(objective, start, IterationsOfScouts) : Descend(objective, start, iterations);
            evaluations += found?.Evaluations ?? 1;
            if (found is not null && (best is null || found.Value < best.Value))
            {
                best = found;
            }
        }

        if (best is null)
        {
            return null;
        }

        if (starts.Count > 1)
        {
            var polished = Descend(objective, best.Point, iterations);
            evaluations += polished?.Evaluations ?? 1;
            best = polished is not null && polished.Value <= best.Value ? polished : best;
        }

        return best with { Evaluations = evaluations };
    }

    private Minimum? Descend(Objective objective, double[] start, int limit)
    {
        var state = new Descent(start.Length, lower, upper);
        for (var i = 0; i < start.Length; i++)
        {
            state.Point[i] = Math.Clamp(start[i], lower, upper);
        }

        state.Value = objective(state.Point, state.Gradient);
        if (!state.IsFinite)
        {
            return null;
        }

        var evaluations = 1;
        var stalled = 0;
        for (var iteration = 0; iteration < limit; iteration++)
        {
            if (state.FreeGradient() <= tolerance * (1 + Math.Abs(state.Value)))
            {
                return new Minimum(state.Point, state.Value, true, evaluations);
            }

            var before = state.Value;
            var moved = Step(objective, state, ref evaluations);
            var gained = before - state.Value > 1e-14 * (1 + Math.Abs(before));
            stalled = gained ? 0 : stalled + 1;
            if (!moved || stalled >= 2)
            {
                if (state.IsSteepest)
                {
                    return new Minimum(state.Point, state.Value, state.FreeGradient() <= 1e-4 * (1 + Math.Abs(state.Value)), evaluations);
                }

                state.Reset();
            }
        }

        return new Minimum(state.Point, state.Value, false, evaluations);
    }

    private static bool Step(Objective objective, Descent state, ref int evaluations)
    {
        var slope = state.Aim();
        if (!(slope < 0))
        {
            return false;
        }

        var length = Math.Min(1, LongestStep / Math.Max(1e-300, state.LongestMove()));
        for (var attempt = 0; attempt < 40; attempt++)
        {
            state.Try(length);
            state.TrialValue = objective(state.Trial, state.TrialGradient);
            evaluations++;
            var decrease = state.TrialSlope();
            if (state.IsTrialFinite && state.TrialValue <= state.Value + Armijo * decrease)
            {
                state.Accept();
                return true;
            }

            var curvature = 2 * (state.TrialValue - state.Value - length * slope);
            var guess = curvature > 0 ? -slope * length * length / curvature : length / 2;
            length = state.IsTrialFinite ? Math.Clamp(guess, 0.1 * length, 0.5 * length) : 0.2 * length;
        }

        return false;
    }
}
