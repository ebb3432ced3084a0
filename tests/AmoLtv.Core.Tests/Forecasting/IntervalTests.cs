using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class IntervalTests
{
    private static readonly GammaGammaModel Spend = new(6.25, 3.74, 15.44);

    [Test]
    public void Set_of_counts_is_nothing_alone_when_nothing_is_probable_enough() =>
        Assert.That(PredictiveSet.OfCounts([.85, .1, .05], .8), Is.EqualTo(new PredictiveSet(true, 0, 0, .85)));

    [Test]
    public void Set_of_counts_leaves_nothing_out_when_a_shorter_range_suffices()
    {
        var set = PredictiveSet.OfCounts([.05, .05, .4, .45, .05], .8);

        Assert.Multiple(() =>
        {
            Assert.That((set.IncludesZero, set.Low, set.High), Is.EqualTo((false, 2.0, 3.0)));
            Assert.That(set.Probability, Is.EqualTo(.85).Within(1e-12));
            Assert.That(set.Contains(0), Is.False);
        });
    }

    [Test]
    public void Set_of_counts_may_hold_nothing_and_a_range_apart_from_it()
    {
        var set = PredictiveSet.OfCounts([.5, .02, .02, .2, .2, .06], .8);

        Assert.That((set.IncludesZero, set.Low, set.High), Is.EqualTo((true, 3.0, 4.0)));
        Assert.That(set.Contains(1), Is.False);
    }

    [Test]
    public void Set_of_counts_is_as_small_as_any_of_its_form([Range(0, 30)] int seed)
    {
        var random = new Random(seed);
        var raw = Enumerable.Range(0, 9).Select(_ => random.NextDouble()).ToArray();
        var probabilities = Array.ConvertAll(raw, p => p / raw.Sum());

        var set = PredictiveSet.OfCounts(probabilities, .8);

        var smallest = (from zero in new[] { false, true }
                        from low in Enumerable.Range(1, 8)
                        from high in Enumerable.Range(low - 1, 10 - low)
                        let mass = (zero ? probabilities[0] : 0) + probabilities[low..(high + 1)].Sum()
                        where mass >= .8
                        select high - low + 1 + (zero ? 1 : 0)).Min();
        Assert.Multiple(() =>
        {
            Assert.That(set.High - set.Low + 1 + (set.IncludesZero ? 1 : 0), Is.EqualTo(smallest));
            Assert.That(set.Probability, Is.EqualTo(Enumerable.Range(0, 9).Where(y => set.Contains(y)).Sum(y => probabilities[y])).Within(1e-12).And.GreaterThanOrEqualTo(.8));
        });
    }

    [Test]
    public void Value_set_has_the_probability_it_claims_by_the_exact_distribution(
        [Values(1, 4, 12, 60)] int repeats, [Values(13.0, 39.0, 156.0)] double horizon, [Values(0, 1, 2)] int variant)
    {
        GammaGammaModel[] spends = [Spend, new(1.1, 2.2, 40, 60), new(120, 30, 20)];
        var spend = new SpendSummary(repeats, 40);
        var subject = ForecastByHand.Subject(repeats, 252, 272, spend);

        var forecast = ForecastByHand.Of(ForecastByHand.Certain(PublishedParameters.Mbg), spends[variant], (int)(7 * horizon)).Forecast(subject);

        var exact = new ExactDistribution(PublishedParameters.Mbg, spends[variant], subject.History(ForecastByHand.AsOf), spend, horizon);
        var none = exact.UpTo(0);
        Assert.Multiple(() =>
        {
            Assert.That(forecast.Value.IncludesZero);
            Assert.That(none >= .8 ? none : none + exact.UpTo(forecast.Value.High) - exact.UpTo(forecast.Value.Low), Is.EqualTo(forecast.Value.Probability).Within(0.012));
            Assert.That(forecast.ExpectedValue, Is.EqualTo(forecast.ExpectedPurchases * spends[variant].ExpectedMean(spend)).Within(1e-9));
        });
    }

    [Test]
    public void Value_set_is_close_to_the_shortest([Values(2, 12)] int repeats)
    {
        var spend = new SpendSummary(repeats, 40);
        var subject = ForecastByHand.Subject(repeats, 252, 272, spend);
        var set = ForecastByHand.Of(ForecastByHand.Certain(PublishedParameters.Pareto), Spend, 273).Forecast(subject).Value;
        var exact = new ExactDistribution(PublishedParameters.Pareto, Spend, subject.History(ForecastByHand.AsOf), spend, 39);
        var none = exact.UpTo(0);

        var shortest = Enumerable.Range(0, 400).Select(i =>
        {
            var low = set.Low * i / 200;
            var from = exact.UpTo(low);
            double inside = low, outside = 1e5;
            for (var step = 0; step < 60; step++)
            {
                var middle = (inside + outside) / 2;
                (inside, outside) = none + exact.UpTo(middle) - from >= .8 ? (inside, middle) : (middle, outside);
            }

            return outside - low;
        }).Min();

        Assert.That(set.High - set.Low, Is.EqualTo(shortest).Within(3).Percent);
    }

    [Test]
    public void Small_base_widens_intervals_by_what_is_not_known_of_the_parameters()
    {
        var random = new Random(11);
        var histories = Enumerable.Range(0, 25).Select(_ => SimulatedBase.Customer(random, 0.8, 8, 0.4, 2.5, 60)).ToArray();
        var cells = PurchaseCells.From(histories);
        var fit = PurchaseFitting.Fit(PurchaseModelKind.MbgNbd, cells);
        var certain = PurchaseFitting.Fit(PurchaseModelKind.MbgNbd, cells, new FitOptions { DrawsBelowCustomers = 0 });

        var wide = histories.Average(history => Deviation(fit, history));
        var narrow = histories.Average(history => Deviation(certain, history));

        Assert.Multiple(() =>
        {
            Assert.That(fit.Draws, Has.Count.GreaterThan(5));
            Assert.That(fit.Draws.Sum(draw => draw.Weight), Is.EqualTo(1).Within(1e-12));
            Assert.That(fit.Has(FitWarningCode.PriorUsed));
            Assert.That(wide, Is.GreaterThan(narrow));
        });
    }

    [Test]
    public void Discount_lowers_the_value_and_never_raises_it()
    {
        var subject = ForecastByHand.Subject(7, 245, 273, new SpendSummary(7, 40));
        var values = new[] { 0, 5, 20, 100 }
            .Select(percent => ForecastByHand.Of(ForecastByHand.Certain(PublishedParameters.Pareto), Spend, 365, percent).Forecast(subject).ExpectedValue);

        Assert.That(values, Is.Ordered.Descending);
    }

    private static double Deviation(PurchaseFit fit, RepeatSummary history)
    {
        var counts = new CountList();
        counts.Fill(fit.Model!, fit.Draws, history, 52);
        double mean = 0, squares = 0;
        for (var y = 1; y < counts.Count; y++)
        {
            (mean, squares) = (mean + y * counts.Probabilities[y], squares + y * y * counts.Probabilities[y]);
        }

        return Math.Sqrt(squares - mean * mean);
    }
}
