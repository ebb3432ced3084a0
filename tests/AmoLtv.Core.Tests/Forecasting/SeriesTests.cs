using AmoLtv.Core.Forecasting.Series;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class SeriesTests
{
    private static readonly double[] Sparse = [0, 2, 0, 0, 3, 0, 0, 1, 4, 0, 0, 0, 2, 0, 0, 5, 0, 1, 0, 0];

    [TestCase(132, 76.00, 102.98, 14.25, 16.12, 2.496)]
    [TestCase(120, 115.25, 137.33, 23.58, 27.75, 4.033)]
    public void Naive_errs_as_published(int training, double mae, double rmse, double mape, double smape, double mase) =>
        AssertErrors(new NaiveMethod(), training, [mae, rmse, mape, smape, mase]);

    [TestCase(132, 47.83, 50.71, 9.99, 10.57, 1.571)]
    [TestCase(120, 71.25, 76.99, 15.52, 17.01, 2.494)]
    public void Seasonal_naive_errs_as_published(int training, double mae, double rmse, double mape, double smape, double mase) =>
        AssertErrors(new SeasonalNaiveMethod(), training, [mae, rmse, mape, smape, mase]);

    [TestCase(132, 11.39, 1.926)]
    [TestCase(120, double.NaN, 1.923)]
    public void Linear_trend_errs_as_published(int training, double mape, double mase)
    {
        var errors = Errors(new LinearTrendMethod().Forecast(Passengers().AsSpan(0, training), 12, 144 - training)!, training);

        Assert.Multiple(() =>
        {
            Assert.That(errors.Mase, Is.EqualTo(mase).Within(0.0006));
            Assert.That(double.IsNaN(mape) || Math.Abs(errors.Mape!.Value - mape) < 0.006);
        });
    }

    [TestCase(Seasonality.Multiplicative, .80274, .0085018, 1, 20768.381, new[] { 24.17, 31.98, 4.89, 4.91, .794 })]
    [TestCase(Seasonality.Additive, .24653847, .036025407, 1, 18127.548, new[] { 11.56, 15.96, 2.52, 2.49, .380 })]
    public void Holt_winters_at_the_published_parameters_errs_as_published(Seasonality seasonality, double alpha, double beta, double gamma, double squares, double[] errors)
    {
        var training = Passengers()[..132];
        var fit = HoltWintersFit.Smooth(training, seasonality, new HoltWintersSmoothing(alpha, beta, gamma), HoltWintersState.Initial(training, 12, seasonality)!);

        Assert.Multiple(() =>
        {
            Assert.That(fit.SumOfSquares, Is.EqualTo(squares).Within(0.01));
            AssertErrors(Errors(fit.Forecast(12), 132), errors);
        });
    }

    [Test]
    public void Holt_winters_of_the_whole_series_ends_in_the_published_state()
    {
        var series = Passengers();
        var fit = HoltWintersFit.Smooth(series, Seasonality.Multiplicative, new HoltWintersSmoothing(.27559247, .032692953, .87072922), HoltWintersState.Initial(series, 12, Seasonality.Multiplicative)!);

        Assert.Multiple(() =>
        {
            Assert.That(fit.SumOfSquares, Is.EqualTo(16570.778).Within(0.001));
            Assert.That(fit.State.Level, Is.EqualTo(469.32322057).Within(1e-4));
            Assert.That(fit.State.Trend, Is.EqualTo(3.02153914).Within(1e-5));
            Assert.That(fit.State.Seasons, Is.EqualTo(new[]
            {
                .94646108, .88292393, .97173693, 1.03048250, 1.04768837, 1.18052723, 1.35907775, 1.33317056, 1.10833805, .98688129, .83613330, .92098767,
            }).Within(1e-6));
        });
    }

    [TestCase(Seasonality.Multiplicative, 16570.778, .27559247, .032692953, .87072922)]
    [TestCase(Seasonality.Additive, 21860.185, .24795949, .03453373, 1)]
    public void Holt_winters_finds_the_published_least_squares(Seasonality seasonality, double squares, double alpha, double beta, double gamma)
    {
        var fit = new HoltWintersMethod(seasonality).Fit(Passengers(), 12)!;

        Assert.Multiple(() =>
        {
            Assert.That(fit.SumOfSquares, Is.LessThan(squares + 0.001));
            Assert.That(fit.SumOfSquares, Is.EqualTo(squares).Within(0.01));
            Assert.That(fit.Smoothing.Alpha, Is.EqualTo(alpha).Within(1e-3));
            Assert.That(fit.Smoothing.Beta, Is.EqualTo(beta).Within(1e-3));
            Assert.That(fit.Smoothing.Gamma, Is.EqualTo(gamma).Within(1e-3));
        });
    }

    [Test]
    public void Damped_trend_rises_less_the_farther_it_looks()
    {
        var state = new HoltWintersState(100, 10, [0, 0]);
        var damped = new HoltWintersFit(new HoltWintersSmoothing(.3, .1, .1, .9), Seasonality.Additive, 0, state).Forecast(40);

        Assert.Multiple(() =>
        {
            Assert.That(damped[0], Is.EqualTo(109).Within(1e-12));
            Assert.That(damped[39], Is.EqualTo(190).Within(2), "The trend's sum tends to phi / (1 - phi).");
        });
    }

    [Test]
    public void Croston_gives_the_published_rate()
    {
        var rate = new CrostonMethod().Rate(Sparse)!.Value;

        Assert.Multiple(() =>
        {
            Assert.That(rate.Size, Is.EqualTo(2.309239).Within(6e-7));
            Assert.That(rate.Interval, Is.EqualTo(2.303759).Within(6e-7));
            Assert.That(new CrostonMethod().Forecast(Sparse, 1, 1)![0], Is.EqualTo(1.0023787).Within(6e-8));
            Assert.That(new CrostonMethod(0.1, true).Forecast(Sparse, 1, 1)![0], Is.EqualTo(.95225978).Within(6e-9));
        });
    }

    [Test]
    public void Tsb_gives_the_published_rate_and_fades_when_demands_stop()
    {
        var silent = Sparse.Concat(new double[24]).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(new TsbMethod().Forecast(Sparse, 1, 1)![0], Is.EqualTo(.80754119).Within(6e-9));
            Assert.That(new TsbMethod().Forecast(silent, 1, 1)![0], Is.LessThan(0.1));
            Assert.That(new CrostonMethod().Forecast(silent, 1, 1)![0], Is.EqualTo(1.0023787).Within(6e-8));
        });
    }

    [Test]
    public void Choice_beats_the_seasonal_naive_on_the_passengers_and_its_interval_holds_them()
    {
        var series = Passengers();
        var choice = SeriesForecasting.Forecast(series.AsSpan(0, 132), 12, 12)!;

        var errors = Errors([.. choice.Forecast], 132);
        var inside = Enumerable.Range(0, 12).Count(h => series[132 + h] >= choice.Low[h] && series[132 + h] <= choice.High[h]);
        Assert.Multiple(() =>
        {
            Assert.That(choice.Method.Name, Does.StartWith("holtWinters"));
            Assert.That(errors.Mase, Is.LessThan(0.8));
            Assert.That(inside, Is.GreaterThanOrEqualTo(8));
            Assert.That(choice.Errors.Select(error => error.Method.Name), Does.Contain("linearTrend").And.Contain("seasonalNaive"));
        });
        TestContext.Out.WriteLine(string.Join(Environment.NewLine, choice.Errors.Select(error => $"{error.Method.Name} {error.Mase} {error.Smape} {error.Origins}")));
    }

    [Test]
    public void Choice_looks_at_no_value_after_its_origin()
    {
        var series = Passengers();
        var spoiled = series.Select((value, i) => i < 132 ? value : 1e6).ToArray();

        Assert.That(SeriesForecasting.Forecast(spoiled.AsSpan(0, 132), 12, 12)!.Forecast, Is.EqualTo(SeriesForecasting.Forecast(series.AsSpan(0, 132), 12, 12)!.Forecast));
    }

    [Test]
    public void Choice_on_hostile_series_is_finite_and_not_negative([Range(0, 60)] int seed)
    {
        var random = new Random(seed);
        var length = 3 + random.Next(40);
        var scale = Math.Pow(10, random.Next(-2, 13));
        var zeros = random.NextDouble();
        var series = Enumerable.Range(0, length).Select(_ => random.NextDouble() < zeros ? 0 : scale * random.NextDouble()).ToArray();

        var choice = SeriesForecasting.Forecast(series, 12, 12)!;

        Assert.Multiple(() =>
        {
            Assert.That(choice.Forecast.Concat(choice.Low).Concat(choice.High), Is.All.Matches<double>(double.IsFinite).And.All.GreaterThanOrEqualTo(0));
            Assert.That(choice.Forecast.Zip(choice.High).All(pair => pair.First <= pair.Second));
        });
    }

    [Test]
    public void Constant_series_has_no_scaled_error_and_is_forecast_as_it_is()
    {
        var choice = SeriesForecasting.Forecast(Enumerable.Repeat(7.0, 40).ToArray(), 12, 6)!;

        Assert.Multiple(() =>
        {
            Assert.That(choice.Forecast, Is.All.EqualTo(7).Within(1e-9));
            Assert.That(choice.Errors[0].Mase, Is.Null);
        });
    }

    [Test]
    public void Seasonal_indices_find_a_season_that_repeats_and_no_other()
    {
        var random = new Random(1);
        double[] season = [.5, .6, 1, 1.1, 1, .9, .8, .9, 1.1, 1.2, 1.4, 1.5];
        var repeating = Enumerable.Range(0, 48).Select(i => 1000 * season[(i + 3) % 12] * (1 + 0.01 * i)).ToArray();
        var noise = Enumerable.Range(0, 48).Select(_ => 1000 * (0.5 + random.NextDouble())).ToArray();

        var found = SeasonalIndices.Estimate(repeating, 4);

        Assert.Multiple(() =>
        {
            Assert.That(found.Indices, Is.EqualTo(season.Select(index => index / season.Average())).Within(0.02));
            Assert.That(found.Indices.Average(), Is.EqualTo(1).Within(1e-12));
            Assert.That(SeasonalIndices.Estimate(noise, 1).Strength, Is.LessThan(0.5));
            Assert.That(SeasonalIndices.Estimate(repeating.AsSpan(0, 23), 4), Is.EqualTo(SeasonalIndices.None));
        });
    }

    [Test]
    public void Horizon_of_a_whole_year_has_its_own_length_and_of_a_peak_a_greater_one()
    {
        var indices = new SeasonalIndices([.5, .5, 1, 1, 1, 1, 1, 1, 1, 1, 1.5, 1.5], 1);
        var (start, end) = (new DateOnly(2026, 1, 1), new DateOnly(2027, 1, 1));

        Assert.Multiple(() =>
        {
            Assert.That(SeasonalIndices.None.EffectiveLength(start, end), Is.EqualTo(365 / 7.0).Within(1e-12));
            Assert.That(indices.EffectiveLength(start, end), Is.EqualTo(365 / 7.0).Within(0.3));
            Assert.That(indices.EffectiveLength(new DateOnly(2026, 11, 15), new DateOnly(2026, 12, 1)), Is.EqualTo(16 * 1.5 / 7).Within(1e-12));
        });
    }

    private static double[] Passengers() => [.. SharedFile.Rows("air_passengers.csv").Select(row => SharedFile.Number(row[1]))];

    private static SeriesErrors Errors(double[] forecast, int training)
    {
        var series = Passengers();
        return SeriesErrors.Of(series.AsSpan(training), forecast, series.AsSpan(0, training), 12);
    }

    private static void AssertErrors(SeriesMethod method, int training, double[] expected) =>
        AssertErrors(Errors(method.Forecast(Passengers().AsSpan(0, training), 12, 144 - training)!, training), expected);

    private static void AssertErrors(SeriesErrors errors, double[] expected)
    {
        Assert.That(new[] { errors.Mae, errors.Rmse, errors.Mape!.Value, errors.Smape }, Is.EqualTo(expected[..4]).Within(0.0051));
        Assert.That(errors.Mase, Is.EqualTo(expected[4]).Within(0.00051));
    }
}
