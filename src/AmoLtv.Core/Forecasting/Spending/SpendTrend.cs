using System.Text.Json.Serialization;

namespace AmoLtv.Core.Forecasting.Spending;

/// <summary>
/// How the value of a purchase drifts within customers: least squares of ln(value) on time with a level of its own for each
/// customer (the within estimator), so that a change in who buys is not taken for a change in price.
/// </summary>
/// <param name="Slope">Growth of ln(value) per unit of time.</param>
/// <param name="StandardError">Its standard error; infinity where it cannot be known.</param>
public sealed record SpendTrend(double Slope, [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double StandardError)
{
    private const double LargestFactor = 2;

    /// <summary>No drift known.</summary>
    public static SpendTrend None { get; } = new(0, double.PositiveInfinity);

    /// <summary>Fits to purchases: customer number, time in any one unit, value in the currency; values that are not positive are left out. <see cref="None"/> with too few.</summary>
    public static SpendTrend Fit(IEnumerable<(int Customer, double Time, double Value)> purchases)
    {
        double cross = 0, times = 0, logs = 0;
        var freedom = -1;
        foreach (var own in ByCustomer(purchases))
        {
            double meanTime = 0, meanLog = 0;
            foreach (var (time, log) in own)
            {
                meanTime += time;
                meanLog += log;
            }

            (meanTime, meanLog) = (meanTime / own.Count, meanLog / own.Count);
            foreach (var purchase in own)
            {
                var (time, log) = (purchase.Time - meanTime, purchase.Log - meanLog);
                cross += time * log;
                times += time * time;
                logs += log * log;
            }

            freedom += own.Count - 1;
        }

        return times > 0 && freedom > 0
            ? new SpendTrend(cross / times, Math.Sqrt(Math.Max(0, logs - cross * cross / times) / freedom / times))
            : None;
    }

    // In the order of each customer's first purchase.
    private static List<List<(double Time, double Log)>> ByCustomer(IEnumerable<(int Customer, double Time, double Value)> purchases)
    {
        var places = new Dictionary<int, int>();
        var customers = new List<List<(double Time, double Log)>>();
        foreach (var (customer, time, value) in purchases)
        {
            if (!(value > 0 && double.IsFinite(value)))
            {
                continue;
            }

            if (!places.TryGetValue(customer, out var place))
            {
                places.Add(customer, place = customers.Count);
                customers.Add([]);
            }

            customers[place].Add((time, Math.Log(value)));
        }

        return customers;
    }

    /// <summary>
    /// Factor on the mean value of the purchases of a horizon that follows at once: exp(slope · (elapsed + horizon/2)), the slope
    /// shrunk by its uncertainty (by the positive-part factor of James and Stein), the factor within 1/2..2.
    /// </summary>
    /// <param name="elapsed">Time from the middle of the observed purchases to the horizon's start.</param>
    /// <param name="horizon">Length of the horizon, ≥ 0, in the same unit.</param>
    public double Factor(double elapsed, double horizon)
    {
        if (!double.IsFinite(StandardError))
        {
            return 1;
        }

        // The positive-part James-Stein factor: a slope within its standard error counts nothing.
        var signal = Slope * Slope;
        var kept = signal > 0 ? Slope * Math.Max(0, 1 - StandardError * StandardError / signal) : 0;
        return Math.Clamp(Math.Exp(Math.Clamp(kept * (elapsed + horizon / 2), -5, 5)), 1 / LargestFactor, LargestFactor);
    }
}
