using AmoLtv.Core.Forecasting.Backtesting;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class BacktestTests
{
    private const int Holdout = 39 * 7;

    // Purchases and, where the table has the method with these amounts, money on the sample: mean absolute error, RMSE, error of the
    // total in percent (published table of clv, 1.8).
    private static readonly (string Method, double Mae, double Rmse, double TotalError)[] Published =
    [
        ("bgNbd", .785, 1.608, -12.1), ("mbgNbd", .765, 1.607, -16.2), ("paretoNbd", .755, 1.603, -11.5), ("nbd", 1.041, 1.860, 55.7),
        ("ownRate", 1.024, 2.212, 55.7), ("formula", 1.922, 2.723, 206.6), ("populationMean", 1.382, 2.104, 55.6), ("zero", .798, 2.206, -100),
        ("lastWindow", .897, 1.971, 30.6),
    ];

    private static readonly (string Method, double Mae, double Rmse, double TotalError)[] PublishedMoney =
        [("bgNbd", 30.41, 72.30, -15.6), ("mbgNbd", 29.71, 71.95, -19.5), ("paretoNbd", 29.45, 72.18, -14.8), ("zero", 30.11, 91.74, -100)];

    [Test]
    public void Methods_err_on_the_sample_as_published_and_the_chosen_one_is_as_good_as_the_best_model()
    {
        var report = Backtest.Run(Log("cdnow_sample.csv"), Holdout);

        foreach (var row in report.Holdout)
        {
            TestContext.Out.WriteLine(row);
        }

        foreach (var score in report.Choice.Scores.Take(8))
        {
            TestContext.Out.WriteLine($"{score.Method.Name} {score.Score:F4}");
        }

        var chosen = report.Chosen!;
        var pareto = report.Holdout.Single(row => row.Method == "paretoNbd");
        Assert.Multiple(() =>
        {
            foreach (var (method, mae, rmse, total) in Published)
            {
                var row = report.Holdout.Single(row => row.Method == method);
                Assert.That((row.PurchasesMae, row.PurchasesRmse, row.PurchasesTotalError!.Value), Is.EqualTo((mae, rmse, total)).Using<(double, double, double)>(
                    (a, b) => Math.Abs(a.Item1 - b.Item1) < 6e-4 && Math.Abs(a.Item2 - b.Item2) < 6e-4 && Math.Abs(a.Item3 - b.Item3) < 0.11), method);
            }

            foreach (var (method, mae, rmse, total) in PublishedMoney)
            {
                var row = report.Holdout.Single(row => row.Method == method);
                Assert.That(row.ValueMae, Is.EqualTo(mae).Within(.0051), method);
                Assert.That(row.ValueRmse, Is.EqualTo(rmse).Within(.0051), method);
                Assert.That(row.ValueTotalError, Is.EqualTo(total).Within(.051), method);
            }

            Assert.That(chosen.PurchasesRmse, Is.LessThanOrEqualTo(1.603));
            Assert.That(chosen.PurchasesRmse, Is.LessThan(report.Holdout.Where(row => row != chosen).Min(row => row.PurchasesRmse)));
            Assert.That(chosen.ValueRmse, Is.LessThan(report.Holdout.Where(row => row != chosen).Min(row => row.ValueRmse)));
            Assert.That(chosen.ValueRmse, Is.LessThanOrEqualTo(72.5));
            Assert.That(chosen.PurchasesTotalError, Is.InRange(-12, 12));
            Assert.That(chosen.Spearman, Is.GreaterThanOrEqualTo(pareto.Spearman));
            Assert.That(chosen.IntervalCoverage, Is.InRange(0.77, 0.83));
            Assert.That(chosen.IntervalCoveragePlain, Is.GreaterThanOrEqualTo(0.80).And.InRange(chosen.IntervalNominal!.Value - 0.03, chosen.IntervalNominal.Value + 0.03));
            Assert.That(chosen.ValueIntervalNominal, Is.GreaterThanOrEqualTo(0.8));
            Assert.That(chosen.ValueIntervalCoverage, Is.InRange(chosen.ValueIntervalNominal!.Value - 0.03, chosen.ValueIntervalNominal.Value + 0.03));
        });
    }

    [Test]
    public void Choice_does_not_change_when_the_hidden_part_does()
    {
        var random = new Random(4);
        var rows = SimulatedPurchases(random).ToList();
        var log = PurchaseLog.From(rows, 700);
        var planted = PurchaseLog.From(rows.Where(row => row.Day <= 500).Concat(rows.Select(row => (row.Customer, 501 + (int)(row.Customer % 190), 1e6))), 700);

        var (honest, leaked) = (Backtest.Run(log, 200), Backtest.Run(planted, 200));

        Assert.Multiple(() =>
        {
            Assert.That(leaked.Choice.Method, Is.EqualTo(honest.Choice.Method));
            Assert.That(leaked.Choice.Scores.Select(score => score.Score), Is.EqualTo(honest.Choice.Scores.Select(score => score.Score)));
            Assert.That(leaked.Chosen!.ValueRmse, Is.GreaterThan(10 * honest.Chosen!.ValueRmse), "The plant must show in the report, or nothing was tested.");
        });
    }

    [Test]
    public void Log_of_an_earlier_day_knows_nothing_later()
    {
        var log = PurchaseLog.From([(1, 10, 5), (1, 20, 7), (1, 20, 1), (2, 30, 9)], 40).Until(20);

        Assert.Multiple(() =>
        {
            Assert.That(log.Customers, Has.Count.EqualTo(1));
            Assert.That(log.Customers[0].Days, Is.EqualTo(new[] { 10, 20 }));
            Assert.That(log.Customers[0].Amounts, Is.EqualTo(new[] { 5.0, 8 }));
            Assert.That(log.Histories[0].Age, Is.EqualTo(10 / 7.0));
        });
    }

    [Test]
    public void Too_little_history_is_said_and_not_forecast()
    {
        var few = PurchaseLog.From(Enumerable.Range(0, 9).Select(i => ((long)i, 20 * i, 10.0)), 400);
        var brief = PurchaseLog.From(Enumerable.Range(0, 50).Select(i => ((long)i, i, 10.0)), 100);

        Assert.That(new[] { Backtest.Choose(few, 365).Reason, Backtest.Choose(brief, 365).Reason }, Is.All.EqualTo(ChoiceReason.TooLittleHistory));
    }

    [Test]
    public void Order_of_purchases_is_irrelevant_to_the_choice()
    {
        var rows = SimulatedPurchases(new Random(9)).ToList();

        var (forward, backward) = (Backtest.Choose(PurchaseLog.From(rows, 700), 180), Backtest.Choose(PurchaseLog.From(rows.AsEnumerable().Reverse(), 700), 180));

        Assert.That(backward.Scores.Select(score => (score.Method.Name, score.Score)), Is.EqualTo(forward.Scores.Select(score => (score.Method.Name, score.Score))));
    }

    private static IEnumerable<(long Customer, int Day, double Amount)> SimulatedPurchases(Random random)
    {
        for (var customer = 0; customer < 120; customer++)
        {
            var pause = 10 + random.Next(120);
            var mean = 100 + random.Next(900);
            for (var day = random.Next(200); day <= 700 && random.NextDouble() < 0.93; day += 1 + random.Next(2 * pause))
            {
                yield return (customer, day, Math.Round(mean * (0.5 + random.NextDouble()), 2));
            }
        }
    }

    private static PurchaseLog Log(string file)
    {
        var rows = SharedFile.Rows(file).Select(row => (Customer: long.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture), Day: SharedFile.Day(row[1]), Amount: SharedFile.Number(row[2])));
        return PurchaseLog.From(rows, SharedFile.Day("1997-09-30") + Holdout);
    }
}
