using System.Globalization;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class PurchaseFittingTests
{
    private const string EndOfCalibration = "1997-09-30";

    private static readonly object[] Published =
    [
        new object[] { "cdnow_sample.csv", PurchaseModelKind.BgNbd, new[] { .242595, 4.413602, .792922, 2.425907 }, -9582.4292 },
        new object[] { "cdnow_sample.csv", PurchaseModelKind.MbgNbd, new[] { .524843, 6.183084, .891360, 1.614002 }, -9582.1357 },
        new object[] { "cdnow_sample.csv", PurchaseModelKind.ParetoNbd, new[] { .553277, 10.577683, .606240, 11.668741 }, -9594.9762 },
        new object[] { "cdnow_sample.csv", PurchaseModelKind.Nbd, new[] { .384766, 12.072022 }, -9763.6576 },
        new object[] { "cdnow_master.csv", PurchaseModelKind.BgNbd, new[] { .251624, 4.788943, .723434, 2.161088 }, -95368.4439 },
        new object[] { "cdnow_master.csv", PurchaseModelKind.MbgNbd, new[] { .637140, 7.310289, .807474, 1.228394 }, -95336.9583 },
        new object[] { "cdnow_master.csv", PurchaseModelKind.ParetoNbd, new[] { .597420, 11.585660, .522186, 8.827760 }, -95415.1186 },
    ];

    [TestCaseSource(nameof(Published))]
    public void Fit_finds_the_published_maximum(string file, PurchaseModelKind kind, double[] parameters, double logLikelihood)
    {
        var fit = PurchaseFitting.Fit(kind, PurchaseCells.From(PurchaseData.Load(file).Summaries(EndOfCalibration)));

        Assert.Multiple(() =>
        {
            Assert.That(fit.Converged);
            Assert.That(fit.Model!.Parameters.Select(p => Significant(p.Value)), Is.EqualTo(parameters.Select(Significant)));
            Assert.That(fit.LogLikelihood, Is.EqualTo(logLikelihood).Within(0.01));
            Assert.That(fit.Warnings, Is.Empty);
        });
        TestContext.Out.WriteLine($"{fit.Evaluations} evaluations, {string.Join(' ', fit.Model!.Parameters)}, {fit.LogLikelihood}, in-sample {fit.InSampleRatio}");
    }

    [Test]
    public void Sample_has_the_published_sufficient_statistics()
    {
        var summaries = PurchaseData.Load("cdnow_sample.csv").Summaries(EndOfCalibration);

        Assert.Multiple(() =>
        {
            Assert.That(summaries, Has.Length.EqualTo(2357));
            Assert.That(summaries.Sum(history => history.Repeats), Is.EqualTo(2457));
            Assert.That(summaries.Count(history => history.Repeats == 0), Is.EqualTo(1411));
        });
    }

    [Test]
    public void Count_likelihood_of_the_nbd_is_the_published_one()
    {
        var summaries = PurchaseData.Load("cdnow_sample.csv").Summaries(EndOfCalibration);
        var model = (NbdModel)PurchaseFitting.Fit(PurchaseModelKind.Nbd, PurchaseCells.From(summaries)).Model!;

        Assert.That(summaries.Sum(history => model.CountLogLikelihood(history)), Is.EqualTo(-3193.0587).Within(0.01));
    }

    [Test]
    public void Erlang_order_of_the_sample_is_one()
    {
        var data = PurchaseData.Load("cdnow_sample.csv");
        var cells = PurchaseCells.From(data.Summaries(EndOfCalibration), data.SumOfLogGaps(EndOfCalibration));

        var fit = PurchaseFitting.Fit(PurchaseModelKind.MbgCnbd, cells);

        Assert.Multiple(() =>
        {
            Assert.That(fit.Model!.Parameters[0].Value, Is.EqualTo(1));
            Assert.That(fit.LogLikelihood, Is.EqualTo(-9582.1357).Within(0.01));
        });
    }

    [Test]
    public void Forecasts_of_every_golden_customer_agree_at_the_fitted_parameters()
    {
        var golden = SharedFile.Rows("golden_cdnow_sample.csv");
        var summaries = PurchaseData.Load("cdnow_sample.csv").Summaries(EndOfCalibration);
        var cells = PurchaseCells.From(summaries);
        PurchaseModelKind[] kinds = [PurchaseModelKind.BgNbd, PurchaseModelKind.MbgNbd, PurchaseModelKind.ParetoNbd];
        var models = Array.ConvertAll(kinds, kind => PurchaseFitting.Fit(kind, cells).Model!);
        double worst = 0;
        for (var i = 0; i < golden.Count; i++)
        {
            for (var m = 0; m < models.Length; m++)
            {
                var (expected, alive) = (SharedFile.Number(golden[i][7 + 2 * m]), SharedFile.Number(golden[i][8 + 2 * m]));
                worst = Math.Max(worst, Difference(models[m].ExpectedPurchases(summaries[i], 39), expected));
                worst = Math.Max(worst, Difference(models[m].AliveProbability(summaries[i]), alive));
            }
        }

        Assert.That(worst, Is.LessThan(1e-4));
        TestContext.Out.WriteLine($"Largest relative difference {worst:E2}");
    }

    [Test]
    public void Bg_bb_finds_the_published_maximum_of_the_donations()
    {
        var cells = SharedFile.Rows("donations_bgbb_summary.csv").Select(row => KeyValuePair.Create(
            new DiscreteSummary(int.Parse(row[0], CultureInfo.InvariantCulture), int.Parse(row[1], CultureInfo.InvariantCulture), int.Parse(row[2], CultureInfo.InvariantCulture)),
            long.Parse(row[3], CultureInfo.InvariantCulture)));

        var fit = DiscreteFitting.Fit(cells);

        Assert.Multiple(() =>
        {
            Assert.That(fit.Converged);
            Assert.That(fit.Model!.Parameters.Select(p => p.Value), Is.EqualTo(new[] { 1.20352, .74972, .65672, 2.78344 }).Within(0.0006));
            Assert.That(fit.LogLikelihood, Is.EqualTo(-33225.58).Within(0.01));
        });
        TestContext.Out.WriteLine(fit.Model);
    }

    [Test]
    public void Bg_bb_likelihood_of_a_base_is_the_sum_over_its_customers_and_its_gradient_the_slope()
    {
        var random = new Random(12);
        var cells = Enumerable.Range(0, 60).Select(_ =>
        {
            var periods = random.Next(1, 14);
            var last = random.Next(periods + 1);
            return new DiscreteSummary(last == 0 ? 0 : random.Next(1, last + 1), last, periods);
        }).Distinct().Select((history, i) => (history, Weight: 1.0 + i % 5)).ToArray();
        var likelihood = new BgBbLikelihood(cells);
        double[] logs = [0.3, -0.4, -1.1, 0.9];
        var (gradient, unused) = (new double[4], new double[4]);

        var value = likelihood.Evaluate(logs, gradient);

        var model = new BgBbModel(Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]), Math.Exp(logs[3]));
        Assert.That(value, Is.EqualTo(cells.Sum(cell => cell.Weight * model.LogLikelihood(cell.history))).Within(1e-9));
        for (var i = 0; i < 4; i++)
        {
            var (up, down) = ((double[])logs.Clone(), (double[])logs.Clone());
            up[i] += 1e-5;
            down[i] -= 1e-5;
            Assert.That(gradient[i], Is.EqualTo((likelihood.Evaluate(up, unused) - likelihood.Evaluate(down, unused)) / 2e-5).Within(1e-5), $"{i}");
        }
    }

    [Test]
    public void Discrete_probabilities_sum_to_one_and_their_mean_is_the_expected_number([Values(0, 3, 6)] int repeats, [Values(1, 5)] int periods)
    {
        var model = new BgBbModel(1.204, .750, .657, 2.783);
        var history = new DiscreteSummary(repeats, repeats == 0 ? 0 : Math.Max(repeats, 5), 6);
        var probabilities = new double[periods + 1];

        model.FillProbabilities(history, periods, probabilities);

        Assert.Multiple(() =>
        {
            Assert.That(probabilities.Sum(), Is.EqualTo(1).Within(1e-9));
            Assert.That(probabilities.Select((p, y) => p * y).Sum(), Is.EqualTo(model.ExpectedPurchases(history, periods)).Within(1e-9));
        });
    }

    [Test]
    public void Order_of_customers_is_irrelevant()
    {
        var random = new Random(5);
        var summaries = Enumerable.Range(0, 300).Select(_ => Simulated(random)).ToArray();
        var shuffled = summaries.OrderBy(_ => random.Next()).ToArray();

        var first = PurchaseFitting.Fit(PurchaseModelKind.BgNbd, PurchaseCells.From(summaries));
        var second = PurchaseFitting.Fit(PurchaseModelKind.BgNbd, PurchaseCells.From(shuffled));

        Assert.That(second.Model, Is.EqualTo(first.Model));
    }

    private static RepeatSummary Simulated(Random random)
    {
        var repeats = random.Next(4);
        var age = 10 + random.Next(300) / 7.0;
        return new RepeatSummary(repeats, repeats == 0 ? 0 : age * (1 + random.Next(9)) / 10, age);
    }

    // The file has eight decimals: a value of 1e-6 is known to half a percent only.
    private static double Difference(double found, double expected) => Math.Max(0, Math.Abs(found - expected) - 5e-9) / Math.Max(expected, 1e-300);

    private static string Significant(double value) => value.ToString("E3", CultureInfo.InvariantCulture);
}
