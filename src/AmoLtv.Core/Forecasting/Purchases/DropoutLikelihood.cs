using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// Log-likelihood and gradient of the models in which a customer may leave after a purchase: BG/NBD (Fader, Hardie and Lee
/// 2005, eq. 6), MBG/NBD (Batislam et al. 2007) and MBG/CNBD-k (Reutterer et al. 2020). With R = r + kx the sum of "still
/// here" and "left after the last purchase" is written relative to the first, so that nothing overflows:
/// L = Γ(R)/Γ(r) · α^r · B(a, b + m)/B(a, b) · (α + T)^−R · (A + e^u), u = ln a − ln(b + m − 1) + R ln((α + T)/(α + t)),
/// where m = x for BG and x + 1 for MBG, and A = Σ_{j&lt;k} Γ(R + j)/Γ(R)/j! ((T − t)/(α + T))^j is 1 for k = 1.
/// </summary>
internal sealed class DropoutLikelihood : IPurchaseLikelihood
{
    private readonly PurchaseCells _cells;
    private readonly PurchaseModelKind _kind;
    private readonly int _order;
    private readonly int _offset;
    private readonly int[] _shapes;
    private readonly int[] _survivals;
    private readonly double[] _logR;
    private readonly double[] _slopeR;
    private readonly double[] _logB;
    private readonly double[] _slopeB;
    private readonly double[] _logAB;
    private readonly double[] _slopeAB;

    public DropoutLikelihood(PurchaseCells cells, PurchaseModelKind kind, int order = 1)
    {
        _cells = cells;
        _kind = kind;
        _order = order;
        _offset = kind == PurchaseModelKind.BgNbd ? 0 : 1;
        _shapes = Array.ConvertAll(cells.Counts, x => x * order);
        _survivals = Array.ConvertAll(cells.Counts, x => x + _offset);
        (_logR, _slopeR) = Table();
        (_logB, _slopeB) = Table();
        (_logAB, _slopeAB) = Table();
    }

    public int Size => 4;

    public IReadOnlyList<double[]> Starts
    {
        get
        {
            var rate = Math.Max(1e-4, _order * (_cells.Repeats + 0.5) / (_cells.TotalAge / _cells.TimeScale + 1e-9));
            return
            [
                Logs(0.5, 0.5 / rate, 0.8, 2.5),
                Logs(1.5, 1.5 / rate, 0.3, 10),
                Logs(0.3, 0.15 / rate, 1.5, 1.5),
            ];
        }
    }

    public IReadOnlyList<double> PriorCentres
    {
        get
        {
            var rate = Math.Max(1e-4, _order * (_cells.Repeats + 0.5) / (_cells.TotalAge / _cells.TimeScale + 1e-9));
            return [Math.Log(0.7), Math.Log(1.3 * rate), Math.Log(0.6), Math.Log(2.5)];
        }
    }

    public PurchaseModel ToModel(ReadOnlySpan<double> logs)
    {
        var alpha = Math.Exp(logs[1]) * _cells.TimeScale;
        return new DropoutModel(_kind, Math.Exp(logs[0]), alpha, Math.Exp(logs[2]), Math.Exp(logs[3]), _order);
    }

    public double Evaluate(ReadOnlySpan<double> logs, Span<double> gradient)
    {
        var (r, alpha, a, b) = (Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]), Math.Exp(logs[3]));
        RisingFactorial.Fill(r, _shapes, _logR, _slopeR);
        RisingFactorial.Fill(b, _survivals, _logB, _slopeB);
        RisingFactorial.Fill(a + b, _survivals, _logAB, _slopeAB);
        double value = 0, byR = 0, byAlpha = 0, byA = 0, byB = 0;
        for (var g = 0; g < _cells.Counts.Length; g++)
        {
            var weight = _cells.GroupWeights[g];
            value += weight * (_logR[g] + _logB[g] - _logAB[g] + r * logs[1]);
            byR += weight * (_slopeR[g] + logs[1]);
            byAlpha += weight * r / alpha;
            byA -= weight * _slopeAB[g];
            byB += weight * (_slopeB[g] - _slopeAB[g]);
            var survivals = _survivals[g];
            var odds = survivals == 0 ? double.NegativeInfinity : logs[2] - Math.Log(b + survivals - 1);
            var sums = _order == 1 ? Sum(g, r + _shapes[g], alpha, odds) : SumErlang(g, r + _shapes[g], alpha, odds);
            value += sums.Value;
            byR += sums.ByShape;
            byAlpha += sums.ByAlpha;
            byA += sums.Left / a;
            byB -= survivals == 0 ? 0 : sums.Left / (b + survivals - 1);
        }

        gradient[0] = byR * r;
        gradient[1] = byAlpha * alpha;
        gradient[2] = byA * a;
        gradient[3] = byB * b;
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Value, double ByShape, double ByAlpha, double Left) Sum(int group, double shape, double alpha, double odds)
    {
        var (value, byShape, byAlpha, left) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var hasLeft = !double.IsNegativeInfinity(odds);
        for (var i = _cells.Starts[group]; i < _cells.Starts[group + 1]; i += PurchaseCells.Lanes)
        {
            var weight = Vector256.Create(_cells.Weight, i);
            var atEnd = Vector256.Create(_cells.Age, i) + Vector256.Create(alpha);
            var logEnd = VectorMath.Log(atEnd);
            if (!hasLeft)
            {
                value -= weight * logEnd * shape;
                byShape -= weight * logEnd;
                byAlpha -= weight * shape / atEnd;
                continue;
            }

            var atLast = Vector256.Create(_cells.Recency, i) + Vector256.Create(alpha);
            var silence = logEnd - VectorMath.Log(atLast);
            var (softplus, sigmoid) = VectorMath.SoftplusAndSigmoid(Vector256.Create(odds) + silence * shape);
            value += weight * (softplus - logEnd * shape);
            byShape += weight * (sigmoid * silence - logEnd);
            byAlpha += weight * shape * (sigmoid * (Vector256<double>.One / atEnd - Vector256<double>.One / atLast) - Vector256<double>.One / atEnd);
            left += weight * sigmoid;
        }

        return (Vector256.Sum(value), Vector256.Sum(byShape), Vector256.Sum(byAlpha), Vector256.Sum(left));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Value, double ByShape, double ByAlpha, double Left) SumErlang(int group, double shape, double alpha, double odds)
    {
        var (value, byShape, byAlpha, left) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = _cells.Starts[group]; i < _cells.Starts[group + 1]; i += PurchaseCells.Lanes)
        {
            var weight = Vector256.Create(_cells.Weight, i);
            var age = Vector256.Create(_cells.Age, i);
            var recency = Vector256.Create(_cells.Recency, i);
            var atEnd = age + Vector256.Create(alpha);
            var atLast = recency + Vector256.Create(alpha);
            var (phases, phasesByShape, phasesByAlpha) = Phases(shape, (age - recency) / atEnd, atEnd);
            var logEnd = VectorMath.Log(atEnd);
            var logPhases = VectorMath.Log(phases);
            var silence = logEnd - VectorMath.Log(atLast);
            var (softplus, sigmoid) = VectorMath.SoftplusAndSigmoid(Vector256.Create(odds) + silence * shape - logPhases);
            var staying = Vector256<double>.One - sigmoid;
            value += weight * (softplus + logPhases - logEnd * shape);
            byShape += weight * (sigmoid * silence - logEnd + staying * phasesByShape / phases);
            byAlpha += weight * (shape * (sigmoid * (Vector256<double>.One / atEnd - Vector256<double>.One / atLast) - Vector256<double>.One / atEnd) + staying * phasesByAlpha / phases);
            left += weight * sigmoid;
        }

        return (Vector256.Sum(value), Vector256.Sum(byShape), Vector256.Sum(byAlpha), Vector256.Sum(left));
    }

    // A = Σ over the phases passed since the last purchase, with its derivatives by the shape and by alpha.
    private (Vector256<double> Sum, Vector256<double> ByShape, Vector256<double> ByAlpha) Phases(double shape, Vector256<double> share, Vector256<double> atEnd)
    {
        var term = Vector256<double>.One;
        var (sum, byShape, byAlpha) = (term, Vector256<double>.Zero, Vector256<double>.Zero);
        double harmonic = 0;
        for (var j = 1; j < _order; j++)
        {
            term *= share * ((shape + j - 1) / j);
            harmonic += 1 / (shape + j - 1);
            sum += term;
            byShape += term * harmonic;
            byAlpha -= term * (double)j / atEnd;
        }

        return (sum, byShape, byAlpha);
    }

    private static double[] Logs(double r, double alpha, double a, double b) => [Math.Log(r), Math.Log(alpha), Math.Log(a), Math.Log(b)];

    private (double[] Log, double[] Slope) Table() => (new double[_cells.Counts.Length], new double[_cells.Counts.Length]);
}
