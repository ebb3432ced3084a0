using System.Globalization;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class SpendTests
{
    private const string EndOfCalibration = "1997-09-30";

    [TestCase(2, 22.35, 24.663714)]
    [TestCase(1, 11.77, 18.916852)]
    [TestCase(7, 73.74, 71.469671)]
    [TestCase(10, 35, 35.009197)]
    [TestCase(0, 0, 35.218978)]
    public void Gamma_gamma_gives_the_published_means(int count, double mean, double expected)
    {
        var model = new GammaGammaModel(6.25, 3.74, 15.44);

        Assert.That(model.ExpectedMean(new SpendSummary(count, mean)), Is.EqualTo(expected).Within(1e-6));
    }

    [TestCase("cdnow_sample.csv", 946, 6.24957, 3.74422, 15.44351, -4055.9177, .114)]
    [TestCase("cdnow_master.csv", 9450, 6.275359, 3.624450, 14.983688, -40763.4763, .080)]
    public void Gamma_gamma_finds_the_published_maximum(string file, int customers, double p, double q, double gamma, double logLikelihood, double correlation)
    {
        var fit = SpendFitting.Fit(Spends(file), FitOptions.MaximumLikelihood);

        Assert.Multiple(() =>
        {
            Assert.That(fit.Customers, Is.EqualTo(customers));
            Assert.That(fit.Model!.Parameters.Select(parameter => Significant(parameter.Value)), Is.EqualTo(new[] { p, q, gamma }.Select(Significant)));
            Assert.That(fit.LogLikelihood, Is.EqualTo(logLikelihood).Within(0.01));
            Assert.That(fit.Correlation, Is.EqualTo(correlation).Within(0.0005));
            Assert.That(fit.Converged);
        });
    }

    [Test]
    public void Gamma_gamma_means_of_every_golden_customer_agree()
    {
        var model = SpendFitting.Fit(Spends("cdnow_sample.csv"), FitOptions.MaximumLikelihood).Model!;
        var golden = SharedFile.Rows("golden_cdnow_sample.csv");

        var worst = golden.Max(row =>
        {
            var spend = new SpendSummary((int)SharedFile.Number(row[1]), row[4].Length == 0 ? 0 : SharedFile.Number(row[4]));
            return Math.Abs(model.ExpectedMean(spend) / SharedFile.Number(row[13]) - 1);
        });

        Assert.That(worst, Is.LessThan(1e-4));
    }

    [Test]
    public void Gamma_gamma_falls_back_to_the_observed_mean_where_its_own_is_infinite()
    {
        var model = new GammaGammaModel(0.8, 0.9, 10, ObservedMean: 50);

        Assert.Multiple(() =>
        {
            Assert.That(model.ExpectedMean(default), Is.EqualTo(50));
            Assert.That(model.ExpectedMean(new SpendSummary(3, 70)), Is.EqualTo(70));
        });
    }

    [Test]
    public void Gamma_gamma_refuses_when_fewer_than_ten_repeat_customers_have_amounts()
    {
        var spends = Enumerable.Range(1, 9).Select(i => new SpendSummary(2, 10 * i)).Append(new SpendSummary(3, 0)).ToArray();

        Assert.That(SpendFitting.Fit(spends).Refusal, Is.EqualTo(FitRefusal.TooFewCustomers));
    }

    [Test]
    public void Shrunk_mean_follows_the_variance_components()
    {
        // Within variance 2 (three customers, two purchases each 1 apart from the mean), means 10, 20, 30.
        SpendSummary[] spends = [new(2, 10, 2), new(2, 20, 2), new(2, 30, 2)];
        var model = ShrunkMean.Fit(spends)!;

        // Between: (Σ n (mean - 20)² - 2·2) / (6 - 12/6) = (400 - 4) / 4 = 99.
        Assert.Multiple(() =>
        {
            Assert.That(model.BaseMean, Is.EqualTo(20));
            Assert.That(model.Strength, Is.EqualTo(2.0 / 99).Within(1e-12));
            Assert.That(model.Expected(spends[0]), Is.EqualTo((2 * 10 + 2.0 / 99 * 20) / (2 + 2.0 / 99)).Within(1e-12));
            Assert.That(model.Expected(default), Is.EqualTo(20));
        });
    }

    [Test]
    public void Shrunk_mean_of_customers_who_do_not_differ_is_the_mean_of_the_base()
    {
        SpendSummary[] spends = [new(2, 10, 50), new(2, 10, 50), new(2, 10, 50)];

        Assert.That(ShrunkMean.Fit(spends)!.Expected(new SpendSummary(2, 17, 50)), Is.EqualTo(10));
    }

    [Test]
    public void Shrunk_ratio_lets_a_margin_be_negative_and_leans_on_the_base()
    {
        var ratio = ShrunkRatio.Fit([30, 20, -10], [100, 100, 100])!;

        Assert.Multiple(() =>
        {
            Assert.That(ratio.BaseShare, Is.EqualTo(40.0 / 300).Within(1e-12));
            Assert.That(ratio.Expected(0, 0), Is.EqualTo(ratio.BaseShare));
            Assert.That(ratio.Expected(-100, 100), Is.InRange(-1, 0).And.GreaterThan(-1));
        });
    }

    [Test]
    public void Trend_is_seen_within_customers_not_between_them()
    {
        // Early customers buy for 1000, late ones for 10; within each the value grows by 1 % a week.
        var purchases = from customer in Enumerable.Range(0, 20)
                        from i in Enumerable.Range(0, 5)
                        let time = customer * 5 + i * 10
                        select (customer, (double)time, (customer < 10 ? 1000 : 10) * Math.Exp(0.01 * time + 0.001 * (i % 2)));

        var trend = SpendTrend.Fit(purchases);

        Assert.Multiple(() =>
        {
            Assert.That(trend.Slope, Is.EqualTo(0.01).Within(1e-4));
            Assert.That(trend.Factor(0, 20), Is.EqualTo(Math.Exp(0.1)).Within(1e-3));
            Assert.That(SpendTrend.Fit([]).Factor(0, 52), Is.EqualTo(1));
        });
    }

    private static SpendSummary[] Spends(string file) =>
        Array.ConvertAll(PurchaseData.Load(file).Spending(EndOfCalibration), spend => new SpendSummary(spend.Repeats, spend.Mean));

    private static string Significant(double value) => value.ToString("E3", CultureInfo.InvariantCulture);
}
