using System.Globalization;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;
using FsCheck;
using FsCheck.Fluent;

namespace AmoLtv.Core.Tests.Forecasting;

/// <summary>Whatever the base, answers are finite and sensible or the fit says why there is none.</summary>
[TestFixture]
public sealed class HostileBaseTests
{
    private static readonly PurchaseModelKind[] Kinds =
        [PurchaseModelKind.Nbd, PurchaseModelKind.BgNbd, PurchaseModelKind.MbgNbd, PurchaseModelKind.MbgCnbd, PurchaseModelKind.ParetoNbd];

    private static readonly (string Name, RepeatSummary[] Base)[] Named =
    [
        ("one customer", [new(3, 20, 30)]),
        ("one purchase each", [.. Enumerable.Range(0, 50).Select(i => new RepeatSummary(0, 0, 10 + i))]),
        ("bought today", [.. Enumerable.Repeat(new RepeatSummary(0, 0, 0), 50)]),
        ("identical intervals", [.. Enumerable.Repeat(new RepeatSummary(12, 48, 52), 40)]),
        ("one buys 300 times in 30 weeks", [new(300, 30, 30), .. Enumerable.Range(0, 30).Select(i => new RepeatSummary(i % 3, i % 3 == 0 ? 0 : 5 + i % 7, 30))]),
        ("all buy 300 times in 30 weeks", [.. Enumerable.Repeat(new RepeatSummary(300, 30, 30), 30)]),
        ("nobody has been silent", [.. Enumerable.Range(1, 40).Select(i => new RepeatSummary(i, 52, 52))]),
        ("everybody fell silent at once", [.. Enumerable.Range(1, 40).Select(i => new RepeatSummary(i % 4 + 1, 1, 104))]),
        ("bought again the day after, then never", [.. Enumerable.Repeat(new RepeatSummary(1, 1 / 7.0, 100), 40)]),
        ("seconds and decades", [.. Enumerable.Range(1, 40).Select(i => new RepeatSummary(2, 1e-5 * i, i % 2 == 0 ? 2e-4 * i : 2000))]),
    ];

    private static int RandomBases =>
        int.TryParse(Environment.GetEnvironmentVariable("AMOLTV_RANDOM_BASES"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 150;

    private static IEnumerable<TestCaseData> NamedBases =>
        from named in Named
        from kind in Kinds
        select new TestCaseData(named.Base, kind).SetArgDisplayNames(named.Name, kind.ToString());

    [TestCaseSource(nameof(NamedBases))]
    public void Answers_are_finite_or_refused_for(RepeatSummary[] customers, PurchaseModelKind kind) => AssertSensible(customers, kind, 104);

    [Test]
    public void Refusals_say_what_is_missing()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Fit(0).Refusal, Is.EqualTo(FitRefusal.TooFewCustomers));
            Assert.That(Fit(1).Refusal, Is.EqualTo(FitRefusal.NoRepeatPurchases));
            Assert.That(Fit(2).Refusal, Is.EqualTo(FitRefusal.NoTime));
        });

        static PurchaseFit Fit(int named) => PurchaseFitting.Fit(PurchaseModelKind.BgNbd, PurchaseCells.From(Named[named].Base));
    }

    [Test]
    public void Purchases_in_the_future_are_not_seen()
    {
        Assert.Multiple(() =>
        {
            Assert.That(RepeatSummary.FromDays([100, 107, 200], 121), Is.EqualTo(new RepeatSummary(1, 1, 3)));
            Assert.That(RepeatSummary.FromDays([200], 121), Is.Null);
        });
    }

    [Test]
    public void A_summary_that_cannot_be_a_customer_is_the_callers_error([Values(0, 1, 2, 3)] int which)
    {
        RepeatSummary[] wrong = [new(-1, 0, 1), new(1, 5, 4), new(0, 1, 4), new(1, 1, double.NaN)];

        Assert.That(() => PurchaseCells.From([wrong[which]]), Throws.ArgumentException);
    }

    [Test]
    public void Quarterly_purchases_are_noticed_as_not_continuous_and_counted_by_quarters()
    {
        var customers = PurchaseData.Load("smcrm_quarterly.csv").Customers.Select(days => Array.ConvertAll(days, day => day.Day)).ToArray();
        var last = customers.Max(days => days[^1]);

        var period = DiscreteTime.PeriodOf(customers);
        var summaries = customers.Select(days => DiscreteTime.Summary(days, period!.Value, last)).OfType<DiscreteSummary>().ToArray();
        var fit = DiscreteFitting.Fit(summaries.Select(summary => KeyValuePair.Create(summary, 1L)));

        Assert.Multiple(() =>
        {
            Assert.That(period, Is.EqualTo(365.25 / 4));
            Assert.That(summaries, Has.Length.EqualTo(500).And.All.Matches<DiscreteSummary>(summary => summary.Periods == 11 && summary.IsValid));
            Assert.That(summaries.Sum(summary => summary.Repeats), Is.EqualTo(customers.Sum(days => days.Length - 1)));
            Assert.That(fit.IsUsable && fit.Converged);
        });
    }

    [Test]
    public void Purchases_on_any_day_are_not_taken_for_periods()
    {
        var random = new Random(2);
        var customers = Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 5).Select(_ => random.Next(700)).Distinct().Order().ToArray()).ToArray();

        Assert.That(DiscreteTime.PeriodOf(customers), Is.Null);
    }

    [TestCase(1e12, 0.01)]
    [TestCase(1e-9, 1e9)]
    public void Amounts_of_any_size_together_give_finite_means(double large, double small)
    {
        SpendSummary[] spends = [.. Enumerable.Range(0, 30).Select(i => new SpendSummary(1 + i % 4, i % 2 == 0 ? large : small))];
        var fit = SpendFitting.Fit(spends);

        Assert.Multiple(() =>
        {
            Assert.That(fit.IsUsable);
            Assert.That(spends.Select(spend => fit.Model!.ExpectedMean(spend)), Is.All.InRange(0, 1e13));
            Assert.That(fit.Model!.PopulationMean, Is.InRange(0, 1e13));
        });
    }

    [Test]
    public void Equal_amounts_give_that_amount()
    {
        SpendSummary[] spends = [.. Enumerable.Repeat(new SpendSummary(3, 500), 30)];

        var fit = SpendFitting.Fit(spends);

        Assert.That(fit.Model!.ExpectedMean(new SpendSummary(1, 500)), Is.EqualTo(500).Within(1).Percent);
        Assert.That(fit.Model.PopulationMean, Is.EqualTo(500).Within(5).Percent);
    }

    [Test]
    public void Negative_customers_are_left_out_of_the_money_model_and_kept_by_the_shrunk_mean()
    {
        SpendSummary[] spends = [.. Enumerable.Range(1, 20).Select(i => new SpendSummary(2, 10 * i)), new(2, -500), new(1, -3)];

        Assert.Multiple(() =>
        {
            Assert.That(SpendFitting.Fit(spends).Customers, Is.EqualTo(20));
            Assert.That(ShrunkMean.Fit(spends)!.Expected(spends[^2]), Is.Negative);
        });
    }

    [Test, Category("Slow")]
    public void Random_bases_give_sensible_answers()
    {
        var bases = from seed in Gen.Choose(0, int.MaxValue - 1)
                    from customers in Gen.Choose(1, 60)
                    from kind in Gen.Elements(Kinds)
                    from shape in Gen.Choose(0, 3)
                    select (seed, customers, kind, shape);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(RandomBases).WithQuietOnSuccess(true).WithParallelRunConfig(new ParallelRunConfig(Environment.ProcessorCount)),
            Prop.ForAll(bases.ToArbitrary(), drawn =>
            {
                var random = new Random(drawn.seed);
                AssertSensible([.. Enumerable.Range(0, drawn.customers).Select(_ => Draw(random, drawn.shape))], drawn.kind, Math.Pow(10, random.NextDouble() * 4 - 1));
            }));
    }

    private static RepeatSummary Draw(Random random, int shape)
    {
        if (shape == 0)
        {
            return SimulatedBase.Customer(random, 0.1 + 2 * random.NextDouble(), 1 + 20 * random.NextDouble(), 0.1 + random.NextDouble(), 0.2 + 3 * random.NextDouble(), 150);
        }

        var age = shape == 3 ? Math.Pow(10, 7 * random.NextDouble() - 3) : 1 + 200 * random.NextDouble();
        var repeats = random.Next(shape == 1 ? 3 : 400) * random.Next(2);
        return new RepeatSummary(repeats, repeats == 0 ? 0 : age * random.NextDouble(), age);
    }

    private static void AssertSensible(RepeatSummary[] customers, PurchaseModelKind kind, double horizon)
    {
        var fit = PurchaseFitting.Fit(kind, PurchaseCells.From(customers, customers.Length));
        if (!fit.IsUsable)
        {
            Assert.That(fit.Refusal, Is.Not.Null);
            return;
        }

        Assert.That(fit.Model.Parameters.All(parameter => double.IsFinite(parameter.Value) && parameter.Value > 0), fit.Model.ToString());
        Assert.That(double.IsFinite(fit.LogLikelihood));
        var forecasting = ForecastByHand.Of(new LearnedModel(fit), new GammaGammaModel(3, 3, 1000), (int)Math.Ceiling(7 * horizon));
        var weeks = forecasting.Horizon.Days / 7.0;
        var fastest = customers.Max(customer => (customer.Repeats + 2) / Math.Max(customer.Age, 1e-6));
        foreach (var customer in customers.Distinct().Take(12))
        {
            var forecast = forecasting.Forecast(ForecastByHand.Subject(
                customer.Repeats, (int)(7 * customer.Recency), (int)Math.Ceiling(7 * customer.Age), new SpendSummary(customer.Repeats, customer.Repeats == 0 ? 0 : 1234)));
            var what = $"{kind} {fit.Model} {customer} over {weeks}: {forecast}";
            Assert.That(fit.Model.AliveProbability(customer), Is.InRange(0, 1), what);
            Assert.That(double.IsFinite(forecast.ExpectedPurchases) && forecast.ExpectedPurchases >= 0 && forecast.ExpectedPurchases <= 3 * fastest * weeks + 10, what);
            Assert.That(forecast.RepeatProbability is >= 0 and <= 1, what);
            Assert.That(double.IsFinite(forecast.ExpectedValue) && forecast.ExpectedValue >= 0, what);
            Assert.That(IsSensible(forecast.Purchases) && IsSensible(forecast.Value), what);
            Assert.That(forecast.NextPurchaseDay is null or > ForecastByHand.AsOf, what);
        }
    }

    private static bool IsSensible(PredictiveSet set) =>
        double.IsFinite(set.Low) && double.IsFinite(set.High) && set.Low >= 0 && set.High >= set.Low && set.Probability is >= 0.75 and <= 1.000001;
}
