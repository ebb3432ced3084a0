using AmoLtv.Core.Forecasting.Backtesting;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>The weights of <see cref="RegressionMethod"/>: purchase days a day to come, from rates of the past.</summary>
/// <param name="Weights">One for each feature.</param>
/// <param name="FirstDay">The base's first purchase: the length of the log the features are free of.</param>
public sealed record LearnedRegression(IReadOnlyList<double> Weights, int FirstDay) : LearnedMethod
{
    /// <summary>Number of features.</summary>
    public const int Features = 5;

    /// <inheritdoc/>
    public override double Purchases(in ForecastSubject subject, in ForecastWindow window)
    {
        Span<double> features = stackalloc double[Features];
        Fill(features, subject, window.AsOfDay, FirstDay);
        double rate = 0;
        for (var k = 0; k < Features; k++)
        {
            rate += Weights[k] * features[k];
        }

        return Math.Max(0, rate * window.Length * ForecastWindow.DaysPerUnit);
    }

    /// <summary>Features of a customer as of a day, all free of the log's length, so that what was learned at a cut can be used at the end.</summary>
    internal static void Fill(Span<double> features, in ForecastSubject subject, int asOfDay, int firstDay)
    {
        var history = subject.History(asOfDay);
        var span = Math.Max(1, (asOfDay - firstDay) / ForecastWindow.DaysPerUnit);
        var age = Math.Max(history.Age, 1 / ForecastWindow.DaysPerUnit);

        // Half the log's length stands behind nobody's purchases: a rate of a few weeks is not carried into a year.
        var rate = history.Repeats / (age + span / 2);
        var recency = history.Recency / age;
        (features[0], features[1], features[2], features[3], features[4]) = (1, rate, rate * recency, Math.Sqrt(rate) * recency, age / span);
    }
}
