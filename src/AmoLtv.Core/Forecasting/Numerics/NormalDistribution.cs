namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    /// <summary>P(Z ≤ z).</summary>
    public static double Cdf(double z) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, z);

    /// <summary>The z with P(Z ≤ z) = <paramref name="probability"/>, which lies strictly between 0 and 1.</summary>
    public static double Quantile(double probability) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, probability);
}
