using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>A cut inside a log: how every method erred after it. What a method learned here is kept for the questions asked of the chosen one.</summary>
internal sealed class InnerCut
{
    private readonly PurchaseLog _known;
    private readonly int _days;
    private readonly double[] _purchases;
    private readonly double[] _values;
    private readonly List<(ForecastMethod Method, LearnedMethod Learned, MethodForecast Forecast)> _singles = [];

    private InnerCut(PurchaseLog known, int days, (double[] Purchases, double[] Values) actual, IReadOnlyList<ForecastMethod> candidates)
    {
        (_known, _days, _purchases, _values) = (known, days, actual.Purchases, actual.Values);
        foreach (var method in candidates)
        {
            if (method.Learn(known, days) is { } learned)
            {
                _singles.Add((method, learned, learned.Forecast(known, days)));
            }
        }

        Errors = ErrorsOf();
    }

    /// <summary>Of every method that could forecast, and of the means of two that learn.</summary>
    public IReadOnlyList<(ForecastMethod Method, double Error)> Errors { get; }

    /// <summary>The cut <paramref name="days"/> before the log's end, greater than 0; null where fewer customers than can be chosen on are known there.</summary>
    public static InnerCut? Of(PurchaseLog log, int days, IReadOnlyList<ForecastMethod> candidates)
    {
        var known = log.Until(log.AsOfDay - days);
        return known.Customers.Count < Backtest.LeastCustomers ? null : new InnerCut(known, days, HoldoutComparison.Actual(log, known, days), candidates);
    }

    /// <summary>
    /// The error of a method's money when it follows the trend of values known here, over the error when it does not; 1 where there is no
    /// trend. Of the purchases that came, so that an error of their number does not stand for one of their value.
    /// </summary>
    public double TrendRatio(ForecastMethod method)
    {
        if (Learned(method) is not { } learned)
        {
            return 1;
        }

        var window = ForecastWindow.Plain(_known.AsOfDay, _days);
        var subjects = _known.Subjects(_days);
        var revenues = new double[subjects.Length];
        var (plain, drifting) = (Error(_known.Spend), Error(_known.Spend with { Drift = _known.Drift }));
        return plain.Rmse > 0 ? drifting.Against(plain.Rmse) / plain.Against(plain.Rmse) : 1;

        InnerError Error(LearnedSpend spend)
        {
            for (var i = 0; i < revenues.Length; i++)
            {
                revenues[i] = learned.Revenue(subjects[i], window, _purchases[i], spend);
            }

            return InnerError.Of(revenues, _values);
        }
    }

    /// <summary>The probabilities to buy again that a method gave here, with the distribution the intervals are of, and what came; the cuts overlap, so that each counts its part.</summary>
    public (double Probability, bool Bought, double Weight)[] Outcomes(ForecastMethod method, ForecastMethod distribution, int cuts)
    {
        if (Learned(method) is not { } learned || Expected(method) is not { } expected || Learned(distribution) is not LearnedDistribution centre)
        {
            return [];
        }

        var window = ForecastWindow.Plain(_known.AsOfDay, _days);
        var subjects = _known.Subjects(_days);
        var own = learned as LearnedDistribution;
        var outcomes = new (double Probability, bool Bought, double Weight)[subjects.Length];
        for (var i = 0; i < subjects.Length; i++)
        {
            var probability = own is not null ? own.RepeatProbability(subjects[i], window, null) : centre.RepeatProbability(subjects[i], window, expected[i]);
            outcomes[i] = (probability, _purchases[i] > 0, 1.0 / cuts);
        }

        return outcomes;
    }

    private List<(ForecastMethod Method, double Error)> ErrorsOf()
    {
        var forecasts = new List<(ForecastMethod Method, InnerError Counts, InnerError Money)>();
        foreach (var (method, _, forecast) in _singles)
        {
            Add(method, forecast);
        }

        AddPairs();
        var (countBar, moneyBar) = (double.PositiveInfinity, double.PositiveInfinity);
        foreach (var (method, counts, money) in forecasts)
        {
            (countBar, moneyBar) = method is BaselineMethod ? (Math.Min(countBar, counts.Rmse), Math.Min(moneyBar, money.Rmse)) : (countBar, moneyBar);
        }

        return forecasts.ConvertAll(entry => (entry.Method, (entry.Counts.Against(countBar) + entry.Money.Against(moneyBar)) / 2));

        void Add(ForecastMethod method, MethodForecast forecast) =>
            forecasts.Add((method, InnerError.Of(forecast.Purchases, _purchases), InnerError.Of(forecast.Values, _values)));

        // Of methods that learn, each forecast only once.
        void AddPairs()
        {
            var learning = _singles.FindAll(entry => entry.Method is not BaselineMethod);
            for (var first = 0; first < learning.Count; first++)
            {
                for (var second = first + 1; second < learning.Count; second++)
                {
                    Add(new CombinedMethod(learning[first].Method, learning[second].Method), CombinedMethod.Mean(learning[first].Forecast, learning[second].Forecast));
                }
            }
        }
    }

    private LearnedMethod? Learned(ForecastMethod method) => method is CombinedMethod pair
        ? Learned(pair.First) is { } first && Learned(pair.Second) is { } second ? new LearnedCombination(first, second) : null
        : _singles.Find(entry => entry.Method == method).Learned;

    private double[]? Expected(ForecastMethod method) => method is CombinedMethod pair
        ? Expected(pair.First) is { } first && Expected(pair.Second) is { } second ? CombinedMethod.Mean(first, second) : null
        : _singles.Find(entry => entry.Method == method).Forecast?.Purchases;
}
