namespace AmoLtv.Core.Forecasting.Spending;

/// <summary>
/// A share of money per customer, margin in revenue or returns in revenue, shrunk to the base's share by the money behind it, so
/// that a margin is modelled as a ratio to positive revenue and may itself be negative: credibility weighted by volume
/// (Bühlmann and Straub 1970), the mean revenue of a customer taken for the volume that counts half.
/// </summary>
/// <param name="BaseShare">Sum of the parts / sum of the revenues.</param>
/// <param name="Strength">Revenue a customer needs to be believed as much as the base, ≥ 0, in the currency.</param>
public sealed record ShrunkRatio(double BaseShare, double Strength)
{
    /// <summary>Estimates both; <paramref name="parts"/> may be negative, a customer without positive revenue is left out. Null where nobody has revenue.</summary>
    /// <param name="parts">Of each customer, in the currency.</param>
    /// <param name="revenues">Of the same customers, in the currency.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    public static ShrunkRatio? Fit(ReadOnlySpan<double> parts, ReadOnlySpan<double> revenues)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parts.Length, revenues.Length, nameof(parts));
        double part = 0, revenue = 0;
        var customers = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (revenues[i] > 0)
            {
                part += parts[i];
                revenue += revenues[i];
                customers++;
            }
        }

        // A customer of average revenue counts half: shares scatter between customers about as much as within one.
        return customers == 0 ? null : new ShrunkRatio(part / revenue, revenue / customers);
    }

    /// <summary>The customer's expected share, a fraction; the base's without revenue.</summary>
    /// <param name="part">Margin or returns, in the currency.</param>
    /// <param name="revenue">In the currency.</param>
    public double Expected(double part, double revenue) =>
        revenue > 0 ? (part + Strength * BaseShare) / (revenue + Strength) : BaseShare;
}
