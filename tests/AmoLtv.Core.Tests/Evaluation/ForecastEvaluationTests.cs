using System.Globalization;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Tests.Forecasting;

namespace AmoLtv.Core.Tests.Evaluation;

[Category("Slow")]
public sealed class ForecastEvaluationTests
{
    private static readonly DateOnly End = new(2026, 6, 30);

    // Published estimates on the sample's first 39 weeks (clv, 1.7), to the digits given there.
    private static readonly (string Model, string Parameter, double Value)[] Published =
    [
        ("bgNbd", "r", .242595), ("bgNbd", "alpha", 4.413602), ("bgNbd", "a", .792922), ("bgNbd", "b", 2.425907),
        ("mbgNbd", "r", .524843), ("mbgNbd", "alpha", 6.183084), ("mbgNbd", "a", .891360), ("mbgNbd", "b", 1.614002),
        ("paretoNbd", "r", .553277), ("paretoNbd", "alpha", 10.577683), ("paretoNbd", "s", .606240), ("paretoNbd", "beta", 11.668741),
        ("gammaGamma", "p", 6.24957), ("gammaGamma", "q", 3.74422), ("gammaGamma", "gamma", 15.44351), ("nbd", "r", .384766), ("nbd", "alpha", 12.072022),
    ];

    // Mean absolute error, RMSE and error of the total in percent of purchases in the full cohort's last 39 weeks (clv, 1.8).
    private static readonly (string Method, double Mae, double Rmse, double TotalError)[] PublishedOfFullCohort =
        [("bgNbd", .819, 1.733, -14.3), ("mbgNbd", .795, 1.740, -19.1), ("paretoNbd", .794, 1.726, -12.9)];

    [Test]
    public void Models_of_the_sample_have_the_published_parameters_with_and_without_a_holdout()
    {
        var rows = Rows("cdnow_sample.csv");

        var cut = Evaluate(rows, new DateOnly(1997, 9, 30), null)!;
        var held = Evaluate(rows, new DateOnly(1998, 6, 30), 273)!;

        using (Assert.EnterMultipleScope())
        {
            foreach (var (model, parameter, value) in Published)
            {
                Assert.That(cut.Models.Single(row => row.Name == model).Parameters[parameter], Is.EqualTo(value).Within(0.005).Percent, $"{model} {parameter}");
            }

            Assert.That(cut.Models.Select(model => Math.Round(model.LogLikelihood!.Value, 2)), Is.EqualTo(new[] { -9763.66, -9582.43, -9582.14, -9582.14, -9594.98, -4055.92 }).Within(0.0101));
            Assert.That(held.Models.Select(model => model.LogLikelihood), Is.EqualTo(cut.Models.Select(model => model.LogLikelihood)));
            Assert.That((held.KnownUntil, held.Choice.Method), Is.EqualTo((cut.KnownUntil, cut.Choice.Method)));
            Assert.That(held.Holdout.Select(row => row.Method), Does.Contain(held.Choice.Method!.Name));
        }
    }

    [Test, Category("Slow")]
    public void Full_cohorts_choice_errs_less_than_any_single_model()
    {
        var held = Evaluate(Rows("cdnow_master.csv"), new DateOnly(1998, 6, 30), 273)!;
        var chosen = held.Holdout.Single(row => row.Method == held.Choice.Method!.Name);
        var pareto = held.Holdout.Single(row => row.Method == "paretoNbd");
        foreach (var row in held.Holdout)
        {
            TestContext.Out.WriteLine(row with { Grades = [] });
        }

        using (Assert.EnterMultipleScope())
        {
            foreach (var (method, mae, rmse, total) in PublishedOfFullCohort)
            {
                var row = held.Holdout.Single(row => row.Method == method);
                Assert.That(row.PurchasesMae, Is.EqualTo(mae).Within(.00051), method);
                Assert.That(row.PurchasesRmse, Is.EqualTo(rmse).Within(.00051), method);
                Assert.That(row.PurchasesTotalError, Is.EqualTo(total).Within(.051), method);
            }

            Assert.That(chosen.ValueIntervalCoverage, Is.InRange(chosen.ValueIntervalNominal!.Value - 0.03, chosen.ValueIntervalNominal.Value + 0.03));
            Assert.That(chosen.PurchasesRmse, Is.LessThanOrEqualTo(held.Holdout.Min(row => row.PurchasesRmse)));
            Assert.That(chosen.ValueRmse, Is.LessThanOrEqualTo(held.Holdout.Min(row => row.ValueRmse)));
            Assert.That(chosen.Spearman, Is.GreaterThanOrEqualTo(pareto.Spearman));
            Assert.That(chosen.PurchasesTotalError, Is.InRange(-12, 12));
        }
    }

    [Test]
    public void Quarterly_purchases_are_noticed_and_forecast_in_quarters()
    {
        var held = Evaluate(Rows("smcrm_quarterly.csv"), new DateOnly(2002, 10, 1), 365)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held.PeriodDays, Is.EqualTo(365.25 / 4));
            Assert.That(held.Models.Where(model => model.TimeUnit == "weeks").Select(model => model.Warnings[0]), Is.All.StartsWith("calendarPeriods"));
            Assert.That(held.Models.Single(model => model.Name == "bgBb").Warnings, Does.Contain("flatRidge: gamma, delta"));
            Assert.That(held.Choice.Scores.Select(score => score.Method), Has.None.InstanceOf<ModelMethod>());
            Assert.That(held.Choice.Method!.Name, Is.EqualTo("bgBb"));
            Assert.That(held.Holdout.MinBy(row => row.PurchasesRmse)!.Method, Is.EqualTo("bgBb"));
        }
    }

    [Test]
    public void Amount_of_0_counts_for_timing_alone()
    {
        var rows = Simulated(80);
        var first = rows.Where((row, i) => i % 9 == 0).ToList();
        var zeros = rows.Select((row, i) => i % 9 == 0 ? row with { Amount = i % 2 == 0 ? 0 : null } : row).ToList();

        var (full, without) = (Evaluate(rows, End, null)!, Evaluate(zeros, End, null)!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.Not.Empty);
            Assert.That(Timing(without), Is.EqualTo(Timing(full)));
            Assert.That(without.Models[^1].LogLikelihood, Is.Not.EqualTo(full.Models[^1].LogLikelihood));
        }
    }

    [Test]
    public void Money_is_refused_when_fewer_than_10_repeat_customers_have_an_amount()
    {
        var rows = Simulated(60);
        var paying = rows.GroupBy(row => row.Customer).Where(own => own.Select(row => row.Day).Distinct().Count() > 1).Take(9).Select(own => own.Key).ToHashSet();

        var poor = Evaluate([.. rows.Select(row => paying.Contains(row.Customer) ? row : row with { Amount = 0 })], End, null)!;
        var spend = poor.Models[^1];

        Assert.That((spend.LogLikelihood, spend.Parameters.Count, spend.Warnings[^1]), Is.EqualTo(((double?)null, 0, "refused: tooFewCustomers")));
    }

    [Test]
    public void Same_rows_in_any_order_give_the_same_answer()
    {
        var rows = Simulated(60);

        var (there, back) = (Evaluate(rows, End, 120)!, Evaluate([.. rows.AsEnumerable().Reverse()], End, 120)!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Timing(back), Is.EqualTo(Timing(there)));
            Assert.That(back.Holdout.Select(row => row with { Grades = [] }), Is.EqualTo(there.Holdout.Select(row => row with { Grades = [] })));
            Assert.That(back.Grades, Is.EqualTo(there.Grades));
            Assert.That((back.Choice.Method, back.Forecast), Is.EqualTo((there.Choice.Method, there.Forecast)));
        }
    }

    [Test]
    public void Grades_count_every_customer_once()
    {
        var rows = Simulated(90);
        var held = Evaluate(rows, End, 120)!;
        var known = rows.Where(row => row.Day <= held.KnownUntil).Select(row => row.Customer).Distinct().Count();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held.Grades.Sum(grade => grade.Customers), Is.EqualTo(known));
            Assert.That(held.Grades.Where(grade => grade.Customers > 0).Select(grade => grade.Expected >= grade.From && grade.Expected <= grade.To && grade.Bought is >= 0 and <= 1), Is.All.True);
        }
    }

    [Test]
    public void Nothing_known_is_no_evaluation() =>
        Assert.That(new[] { Evaluate([], End, null), Evaluate(Simulated(20), End, 5000) }, Is.All.Null);

    private static ForecastEvaluation? Evaluate(IReadOnlyList<Transaction> rows, DateOnly asOf, int? holdoutDays) =>
        ForecastEvaluation.Of(rows, asOf, holdoutDays, ForecastEvaluation.DefaultHorizonDays, TimeProvider.System);

    private static List<(string, double?)> Timing(ForecastEvaluation evaluation) => [.. evaluation.Models.SkipLast(1).Select(model => (model.Name, model.LogLikelihood))];

    private static List<Transaction> Rows(string file) =>
        [.. SharedFile.Rows(file).Select(row => new Transaction(row[0], DateOnly.ParseExact(row[1], "yyyy-MM-dd", CultureInfo.InvariantCulture), decimal.Parse(row[2], CultureInfo.InvariantCulture)))];

    private static List<Transaction> Simulated(int customers)
    {
        var random = new Random(7);
        var rows = new List<Transaction>();
        for (var customer = 0; customer < customers; customer++)
        {
            var pause = 10 + random.Next(90);
            for (var day = End.AddDays(-random.Next(250, 500)); day <= End && random.NextDouble() < 0.9; day = day.AddDays(1 + random.Next(2 * pause)))
            {
                rows.Add(new Transaction($"c{customer:000}", day, 100 + random.Next(900)));
            }
        }

        return rows;
    }
}
