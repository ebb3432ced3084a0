using System.Runtime.Intrinsics;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// Log-likelihood and gradient of the Pareto/NBD (Schmittlein, Morrison and Colombo 1987; Fader and Hardie's note 009):
/// L = Γ(r + x)/Γ(r) α^r β^s { (α + T)^−(r+x) (β + T)^−s + J }, with J by <see cref="ParetoIntegral"/>.
/// </summary>
internal sealed class ParetoLikelihood(PurchaseCells cells) : IPurchaseLikelihood
{
    private readonly double[] _log = new double[cells.Counts.Length];
    private readonly double[] _slope = new double[cells.Counts.Length];

    public int Size => 4;

    public IReadOnlyList<double[]> Starts =>
        [Logs(0.6, 0.5 / Rate, 0.6, 0.3), Logs(1.5, 1.2 / Rate, 0.3, 1), Logs(0.4, 0.2 / Rate, 2, 4)];

    public IReadOnlyList<double> PriorCentres => [Math.Log(0.7), Math.Log(1.3 * Rate), Math.Log(0.6), Math.Log(0.5)];

    private double Rate => Math.Max(1e-4, (cells.Repeats + 0.5) / (cells.TotalAge / cells.TimeScale + 1e-9));

    public PurchaseModel ToModel(ReadOnlySpan<double> logs) =>
        new ParetoNbdModel(Math.Exp(logs[0]), Math.Exp(logs[1]) * cells.TimeScale, Math.Exp(logs[2]), Math.Exp(logs[3]) * cells.TimeScale);

    public double Evaluate(ReadOnlySpan<double> logs, Span<double> gradient)
    {
        var (r, alpha, s, beta) = (Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]), Math.Exp(logs[3]));
        RisingFactorial.Fill(r, cells.Counts, _log, _slope);
        double value = 0, byR = 0, byAlpha = 0, byS = 0, byBeta = 0;
        for (var g = 0; g < cells.Counts.Length; g++)
        {
            var weight = cells.GroupWeights[g];
            var sums = Sum(g, r + cells.Counts[g], alpha, s, beta);
            value += weight * (_log[g] + r * logs[1] + s * logs[3]) + sums.Value;
            byR += weight * (_slope[g] + logs[1]) + sums.ByR;
            byAlpha += weight * r / alpha + sums.ByAlpha;
            byS += weight * logs[3] + sums.ByS;
            byBeta += weight * s / beta + sums.ByBeta;
        }

        gradient[0] = byR * r;
        gradient[1] = byAlpha * alpha;
        gradient[2] = byS * s;
        gradient[3] = byBeta * beta;
        return value;
    }

    private (double Value, double ByR, double ByAlpha, double ByS, double ByBeta) Sum(int group, double shape, double alpha, double s, double beta)
    {
        var integral = new ParetoIntegral(alpha, beta, shape, s);
        var zero = Vector256<double>.Zero;
        var (value, byR, byAlpha, byS, byBeta) = (zero, zero, zero, zero, zero);
        for (var i = cells.Starts[group]; i < cells.Starts[group + 1]; i += PurchaseCells.Lanes)
        {
            var weight = Vector256.Create(cells.Weight, i);
            var age = Vector256.Create(cells.Age, i);
            var moments = integral.Moments(Vector256.Create(cells.Recency, i), age);
            var atAlpha = age + Vector256.Create(alpha);
            var atBeta = age + Vector256.Create(beta);
            var logAlpha = VectorMath.Log(atAlpha);
            var logBeta = VectorMath.Log(atBeta);
            var staying = -(logAlpha * shape) - logBeta * s;
            var (softplus, left) = VectorMath.SoftplusAndSigmoid(moments.Log - staying);
            var here = Vector256<double>.One - left;
            value += weight * (staying + softplus);
            byR -= weight * (here * logAlpha + left * moments.LogAlpha);
            byAlpha -= weight * shape * (here / atAlpha + left * moments.InverseAlpha);
            byS += weight * (left * (Vector256.Create(1 / s) - moments.LogBeta) - here * logBeta);
            byBeta -= weight * (here * s / atBeta + left * (s + 1) * moments.InverseBeta);
        }

        return (Vector256.Sum(value), Vector256.Sum(byR), Vector256.Sum(byAlpha), Vector256.Sum(byS), Vector256.Sum(byBeta));
    }

    private static double[] Logs(double r, double alpha, double s, double beta) => [Math.Log(r), Math.Log(alpha), Math.Log(s), Math.Log(beta)];
}
