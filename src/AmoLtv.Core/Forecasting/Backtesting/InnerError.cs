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
        var limit = LargestError * Math.Sqrt(actual.Average(y => y * y));
        var limited = limit > 0 ? limit : double.PositiveInfinity;
        var rmse = Math.Sqrt(forecast.Zip(actual, (f, y) => Math.Min(Math.Abs(f - y), limited)).Average(error => error * error));
        var total = actual.Sum();
        return new InnerError(rmse, total > 0 ? Math.Min(1, Math.Abs(forecast.Sum() / total - 1)) : 0);
    }

    /// <summary>Against the best simple method's root mean squared error; a sum that is off by a tenth costs as much as 2.5 % of that.</summary>
    public double Against(double bar) => (bar > 0 ? Rmse / bar : 1) + WeightOfTotal * TotalError;
}
