using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class CentredDistributionTests
{
    private const int Days = 365;

    private static readonly ForecastWindow Window = ForecastWindow.Plain(DrawnPurchases.AsOf, Days);

    [Test]
    public void Distribution_has_the_mean_it_is_asked_for(
        [Values(PurchaseModelKind.Nbd, PurchaseModelKind.BgNbd, PurchaseModelKind.MbgNbd, PurchaseModelKind.MbgCnbd, PurchaseModelKind.ParetoNbd)] PurchaseModelKind kind,
        [Values(90, 1500)] int customers,
        [Values(0.3, 0.8, 1.6, 4)] double times)
    {
        var log = DrawnPurchases.Log(customers, 3);
        var model = new LearnedModel(log.FitOf(kind));
        var counts = new CountList();
        foreach (var subject in log.Subjects(Days).Take(60))
        {
            var mean = times * model.Purchases(subject, Window);
            model.List(counts, subject, Window, mean);

            // A mean beyond what the model gives a customer who is surely here for eight horizons cannot be had.
            var most = 0.95 * Expected(model, subject, LearnedDistribution.MostStretch);
            Assert.That(MeanOf(counts), Is.EqualTo(mean).Within(1).Percent.Or.GreaterThan(most).And.LessThan(mean), $"{subject} {mean}");
            Assert.That(model.RepeatProbability(subject, Window, mean), Is.EqualTo(1 - counts.Probabilities[0]).Within(1e-9));
        }
    }

    [Test]
    public void Own_mean_changes_nothing([Values(PurchaseModelKind.MbgNbd, PurchaseModelKind.ParetoNbd)] PurchaseModelKind kind)
    {
        var log = DrawnPurchases.Log(1500, 4);
        var model = new LearnedModel(log.FitOf(kind));
        var (own, centred) = (new CountList(), new CountList());
        foreach (var subject in log.Subjects(Days).Take(40))
        {
            model.List(own, subject, Window, null);
            model.List(centred, subject, Window, model.Purchases(subject, Window));

            Assert.That(centred.Probabilities.ToArray(), Is.EqualTo(own.Probabilities.ToArray()).Within(1e-9));
        }
    }

    [Test]
    public void Nothing_expected_still_leaves_a_chance_of_an_eighth_of_the_horizon()
    {
        var log = DrawnPurchases.Log(1500, 4);
        var model = new LearnedModel(log.FitOf(PurchaseModelKind.MbgNbd));
        var subject = log.Subjects(Days)[0];

        Assert.That(
            model.RepeatProbability(subject, Window, 0),
            Is.EqualTo(model.RepeatProbability(subject, Window with { Length = Window.Length / 8 }, null)).Within(1e-12));
    }

    [Test]
    public void Customer_who_is_all_but_surely_gone_is_lifted_to_the_mean_asked_for()
    {
        var model = new LearnedModel(new PurchaseFit { Kind = PurchaseModelKind.ParetoNbd, Model = new ParetoNbdModel(20, 2, 5, 20) });
        var gone = new ForecastSubject { FirstDay = DrawnPurchases.AsOf - 5000, LastDay = DrawnPurchases.AsOf - 4000, PurchaseDays = 400 };
        var counts = new CountList();

        model.List(counts, gone, Window, 0.5);

        Assert.That(model.Purchases(gone, Window), Is.LessThan(1e-100));
        Assert.That(MeanOf(counts), Is.EqualTo(0.5).Within(1).Percent);
    }

    [Test]
    public void Higher_mean_never_lowers_the_probability_to_buy([Values(PurchaseModelKind.BgNbd, PurchaseModelKind.ParetoNbd)] PurchaseModelKind kind)
    {
        var log = DrawnPurchases.Log(400, 8);
        var model = new LearnedModel(log.FitOf(kind));
        foreach (var subject in log.Subjects(Days).Take(40))
        {
            var probabilities = Enumerable.Range(0, 40).Select(i => model.RepeatProbability(subject, Window, 0.01 * Math.Pow(1.25, i)) + 1e-9 * i);

            Assert.That(probabilities, Is.Ordered);
        }
    }

    [Test]
    public void Discrete_distribution_has_the_mean_it_is_asked_for([Values(0.3, 0.8, 1.2)] double times)
    {
        var log = Quarterly();
        var model = (LearnedDiscrete)new DiscreteMethod().Learn(log, Days)!;
        var counts = new CountList();
        foreach (var subject in log.Subjects(Days))
        {
            var mean = times * model.Purchases(subject, Window);
            model.List(counts, subject, Window, mean);

            Assert.That(MeanOf(counts), Is.EqualTo(mean).Within(1e-9));
            Assert.That(counts.Probabilities.ToArray().Sum(), Is.EqualTo(1).Within(1e-9));
        }
    }

    /// <summary>Customers who buy in most quarters until they leave.</summary>
    internal static PurchaseLog Quarterly(int customers = 120)
    {
        var random = new Random(5);
        return PurchaseLog.Of(
            Enumerable.Range(0, customers).Select(_ =>
            {
                var first = random.Next(8);
                var quarters = Enumerable.Range(first + 1, 16 - first).TakeWhile(_ => random.NextDouble() < 0.93).Where(_ => random.NextDouble() < 0.7).Prepend(first).ToArray();
                return new CustomerPurchases(
                    Array.ConvertAll(quarters, quarter => DrawnPurchases.AsOf - 1470 + (int)Math.Round(quarter * 365.25 / 4)), Array.ConvertAll(quarters, _ => 100.0 + random.Next(900)));
            }),
            DrawnPurchases.AsOf);
    }

    private static double MeanOf(CountList counts)
    {
        double mean = 0;
        for (var y = 1; y < counts.Count; y++)
        {
            mean += y * counts.Probabilities[y] * counts.Lot;
        }

        return mean;
    }

    private static double Expected(LearnedModel model, in ForecastSubject subject, double stretch)
    {
        var (history, horizon) = (subject.History(DrawnPurchases.AsOf), Window.Length * stretch);
        return model.Fit.Draws.Count == 0
            ? model.Fit.Model!.ExpectedIfHere(history, horizon)
            : model.Fit.Draws.Sum(draw => draw.Weight * draw.Model.ExpectedIfHere(history, horizon));
    }
}
