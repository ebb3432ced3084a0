namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>A table of grades in one line.</summary>
/// <param name="Quality">In a word.</param>
/// <param name="Customers">Behind it.</param>
/// <param name="MeanError">Mean distance between the share expected and the share that bought, 0..1, each customer counted once; null without customers.</param>
public sealed record CalibrationVerdict(CalibrationQuality Quality, int Customers, double? MeanError)
{
    /// <summary>Fewer customers say nothing.</summary>
    public const int LeastCustomers = 30;

    private const double CloseError = 0.05;
    private const double FairError = 0.10;

    /// <summary>The verdict on grades, in any order.</summary>
    public static CalibrationVerdict Of(IEnumerable<CalibrationGrade> grades)
    {
        var seen = grades.Where(grade => grade is { Customers: > 0, Expected: not null, Bought: not null }).ToList();
        var customers = seen.Sum(grade => grade.Customers);
        if (customers == 0)
        {
            return new CalibrationVerdict(CalibrationQuality.Unknown, 0, null);
        }

        var error = seen.Sum(grade => grade.Customers * Math.Abs(grade.Expected!.Value - grade.Bought!.Value)) / customers;
        var quality = customers < LeastCustomers ? CalibrationQuality.Unknown
            : error <= CloseError ? CalibrationQuality.Close
            : error <= FairError ? CalibrationQuality.Fair
            : CalibrationQuality.Rough;
        return new CalibrationVerdict(quality, customers, error);
    }
}
