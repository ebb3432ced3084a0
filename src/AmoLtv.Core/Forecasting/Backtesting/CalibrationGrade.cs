namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>Of the customers whose RepeatProbability lay in one range, how many bought: "of 100 with such a grade 78 bought again".</summary>
/// <param name="From">Lower end of the range, 0..1, inside it.</param>
/// <param name="To">Upper end, outside it but for 1.</param>
/// <param name="Customers">How many had this grade; 0 is possible.</param>
/// <param name="Expected">Mean RepeatProbability of them, 0..1; null without one.</param>
/// <param name="Bought">Share of them that bought again, 0..1; null without one.</param>
public sealed record CalibrationGrade(double From, double To, int Customers, double? Expected, double? Bought)
{
    private const int Grades = 5;

    /// <summary>Five grades of equal width over probabilities forecast and whether the customer bought.</summary>
    /// <param name="customers">Probability forecast, 0..1, and what came.</param>
    public static IReadOnlyList<CalibrationGrade> Table(IReadOnlyList<(double Probability, bool Bought)> customers)
    {
        var grades = customers.ToLookup(customer => Math.Clamp((int)(customer.Probability * Grades), 0, Grades - 1));
        return [.. Enumerable.Range(0, Grades).Select(grade => Of(grade, [.. grades[grade]]))];
    }

    private static CalibrationGrade Of(int grade, (double Probability, bool Bought)[] customers) => new(
        (double)grade / Grades,
        (double)(grade + 1) / Grades,
        customers.Length,
        customers.Length > 0 ? customers.Average(customer => customer.Probability) : null,
        customers.Length > 0 ? customers.Average(customer => customer.Bought ? 1.0 : 0) : null);
}
