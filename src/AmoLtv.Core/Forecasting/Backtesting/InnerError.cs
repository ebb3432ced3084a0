namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>
/// The error by which methods are chosen: of customers, and of the sum over them. A single customer's error counts up to ten times
/// the root mean square of what happened, so that one outlier does not make the choice.
/// </summary>
internal readonly record struct InnerError(double Rmse, double TotalError)
{
    private const double LargestError = 10;
    private const double WeightOfTotal = 0.25;

    public static InnerError Of(double[] forecast, double[] actual)
    {
        double squares = 0, total = 0;
        foreach (var y in actual)
        {
            squares += y * y;
            total += y;
        }

        var limit = LargestError * Math.Sqrt(squares / actual.Length);
        var limited = limit > 0 ? limit : double.PositiveInfinity;
        double errors = 0, sum = 0;
        for (var i = 0; i < forecast.Length; i++)
        {
            var error = Math.Min(Math.Abs(forecast[i] - actual[i]), limited);
            errors += error * error;
            sum += forecast[i];
        }

        return new InnerError(Math.Sqrt(errors / actual.Length), total > 0 ? Math.Min(1, Math.Abs(sum / total - 1)) : 0);
    }

    /// <summary>Against the best simple method's root mean squared error; a sum that is off by a tenth costs as much as 2.5 % of that.</summary>
    public double Against(double bar) => (bar > 0 ? Rmse / bar : 1) + WeightOfTotal * TotalError;
}
