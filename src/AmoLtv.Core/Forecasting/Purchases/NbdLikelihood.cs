using System.Runtime.Intrinsics;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>Log-likelihood and gradient of the NBD in its timing form: Γ(r + x)/Γ(r) · α^r · (α + T)^−(r + x).</summary>
internal sealed class NbdLikelihood(PurchaseCells cells) : IPurchaseLikelihood
{
    private readonly double[] _log = new double[cells.Counts.Length];
    private readonly double[] _slope = new double[cells.Counts.Length];

    public int Size => 2;

    public IReadOnlyList<double[]> Starts => [[Math.Log(0.5), Math.Log(0.5 / Rate)], [Math.Log(3), Math.Log(3 / Rate)]];

    public IReadOnlyList<double> PriorCentres => [Math.Log(0.7), Math.Log(Rate)];

    private double Rate => Math.Max(1e-4, (cells.Repeats + 0.5) / (cells.TotalAge / cells.TimeScale + 1e-9));

    public PurchaseModel ToModel(ReadOnlySpan<double> logs) => new NbdModel(Math.Exp(logs[0]), Math.Exp(logs[1]) * cells.TimeScale);

    public double Evaluate(ReadOnlySpan<double> logs, Span<double> gradient)
    {
        var (r, alpha) = (Math.Exp(logs[0]), Math.Exp(logs[1]));
        RisingFactorial.Fill(r, cells.Counts, _log, _slope);
        double value = 0, byR = 0, byAlpha = 0;
        for (var g = 0; g < cells.Counts.Length; g++)
        {
            var shape = r + cells.Counts[g];
            var (logSum, inverseSum) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (var i = cells.Starts[g]; i < cells.Starts[g + 1]; i += PurchaseCells.Lanes)
            {
                var weight = Vector256.Create(cells.Weight, i);
                var atEnd = Vector256.Create(cells.Age, i) + Vector256.Create(alpha);
                logSum += weight * VectorMath.Log(atEnd);
                inverseSum += weight / atEnd;
            }

            value += cells.GroupWeights[g] * (_log[g] + r * logs[1]) - shape * Vector256.Sum(logSum);
            byR += cells.GroupWeights[g] * (_slope[g] + logs[1]) - Vector256.Sum(logSum);
            byAlpha += cells.GroupWeights[g] * r / alpha - shape * Vector256.Sum(inverseSum);
        }

        gradient[0] = byR * r;
        gradient[1] = byAlpha * alpha;
        return value;
    }
}
