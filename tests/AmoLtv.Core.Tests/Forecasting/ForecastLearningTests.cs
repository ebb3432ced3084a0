using System.Text.Json;
using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture, Category("Slow")]
public sealed class ForecastLearningTests
{
    private const int AsOf = DrawnPurchases.AsOf;

    [Test]
    public void Refusal_says_what_is_missing_and_how_much_of_it()
    {
        var few = PurchaseLog.Of(DrawnPurchases.Customers(9, 1), AsOf);
        var brief = PurchaseLog.Of(Enumerable.Range(0, 40).Select(i => new CustomerPurchases([AsOf - 182 + i % 7, AsOf - 2], [5, 5])), AsOf);
        var once = PurchaseLog.Of(Enumerable.Range(0, 40).Select(i => new CustomerPurchases([AsOf - 10 * i], [5])), AsOf);

        Assert.That(new[] { few, brief, once, PurchaseLog.Of([], AsOf) }.Select(log => ForecastLearning.Learn(log, 12).Refusal), Is.EqualTo(new[]
        {
            new ForecastRefusal(ForecastRefusalReason.TooFewCustomers, 9, 10),
            new ForecastRefusal(ForecastRefusalReason.TooShortHistory, 182, 183),
            new ForecastRefusal(ForecastRefusalReason.NoRepeatPurchases, 0, 1),
            new ForecastRefusal(ForecastRefusalReason.TooFewCustomers, 0, 10),
        }));
    }

    [Test]
    public void Ten_customers_and_six_months_are_forecast()
    {
        var log = PurchaseLog.Of(Enumerable.Range(0, 10).Select(i => new CustomerPurchases([AsOf - 183 + i, AsOf - 90 + 3 * i, AsOf - 5 * i], [100, 200, 300])), AsOf);

        var result = ForecastLearning.Learn(log, 12);
        var forecasting = new CustomerForecasting(result.Parameters!, AsOf, 12);

        Assert.Multiple(() =>
        {
            Assert.That((forecasting.Horizon.Days, forecasting.Horizon.IsCut), Is.EqualTo((183, true)));
            Assert.That(log.Subjects(183).Select(subject => forecasting.Forecast(subject).ExpectedPurchases), Is.All.GreaterThanOrEqualTo(0));
            Assert.That(result.Backtest!.HoldoutDays, Is.EqualTo(61));
        });
    }

    [Test]
    public void Horizon_is_in_months_of_the_calendar_and_cut_to_the_history()
    {
        var asOf = new DateOnly(2024, 1, 31).DayNumber;

        Assert.Multiple(() =>
        {
            Assert.That(ForecastHorizon.Of(asOf, 1, 0), Is.EqualTo(new ForecastHorizon(1, 29, false)));
            Assert.That(ForecastHorizon.Of(asOf, 12, asOf - 366), Is.EqualTo(new ForecastHorizon(12, 366, false)));
            Assert.That(ForecastHorizon.Of(asOf, 12, asOf - 200), Is.EqualTo(new ForecastHorizon(12, 200, true)));
        });
    }

    [Test]
    public void Fit_of_a_given_method_is_the_one_the_choice_would_use()
    {
        var log = DrawnPurchases.Log(300, 2);
        var chosen = ForecastLearning.Learn(log, 6).Parameters!;

        var again = ForecastLearning.Learn(log, 6, null, chosen.Choice);

        Assert.That(again.Backtest, Is.Null);
        Assert.That(Text(again.Parameters!), Is.EqualTo(Text(chosen)));
    }

    [Test]
    public void Report_and_choice_are_kept_as_json_and_come_back()
    {
        var report = ForecastLearning.Learn(DrawnPurchases.Log(300, 2), 6).Backtest!;
        var text = JsonSerializer.Serialize(report, SettingsJson.Options);
        var back = JsonSerializer.Deserialize<BacktestSummary>(text, SettingsJson.Options);

        Assert.Multiple(() =>
        {
            Assert.That(JsonSerializer.Serialize(back, SettingsJson.Options), Is.EqualTo(text));
            Assert.That(report.Holdout.Select(row => row.Method), Does.Contain(report.Choice!.Method));
            Assert.That(report.Holdout.Single(row => row.Method == report.Choice!.Method).IntervalCoverage, Is.Not.Null, "The chosen method is shown with the interval it is given.");
            Assert.That(report.Grades.Sum(grade => grade.Customers), Is.EqualTo(report.Customers));
        });
    }

    [Test]
    public void Customer_whose_returns_reach_its_revenue_teaches_nothing_of_amounts()
    {
        var customers = DrawnPurchases.Customers(200, 2).ToArray();
        var returned = customers.Select((customer, i) => i == 0 ? customer with { Amounts = [.. customer.Amounts.Select(_ => 1e9)], Revenue = 5e9, Returns = 5e9 } : customer);
        var without = customers.Select((customer, i) => i == 0 ? customer with { Amounts = [.. customer.Amounts.Select(_ => 0.0)] } : customer);

        Assert.That(Spend(returned), Is.EqualTo(Spend(without)));

        static string Spend(IEnumerable<CustomerPurchases> own) => JsonSerializer.Serialize(PurchaseLog.Of(own, AsOf).Spend, SettingsJson.Options);
    }

    [Test]
    public void Sample_keeps_the_parts_of_customers_by_repeats()
    {
        var log = DrawnPurchases.Log(5000, 3);
        var sample = log.Sample(1000);

        Assert.Multiple(() =>
        {
            Assert.That(sample.Customers, Has.Count.EqualTo(1000).Within(3));
            Assert.That(sample.Customers.Select(customer => customer.Days.Length).Average(), Is.EqualTo(log.Customers.Select(customer => customer.Days.Length).Average()).Within(4).Percent);
            Assert.That(sample.Histories.Count(history => history.Repeats == 0) / 1000.0, Is.EqualTo(log.Histories.Count(history => history.Repeats == 0) / 5000.0).Within(0.002));
            Assert.That(log.Sample(1000).Customers, Is.EqualTo(sample.Customers));
            Assert.That(log.Sample(5000), Is.SameAs(log));
        });
    }

    [Test, Category("Slow")]
    public void Sample_and_whole_base_agree_within_standard_errors_and_two_percent_of_the_total(
        [Values(PurchaseModelKind.BgNbd, PurchaseModelKind.MbgNbd, PurchaseModelKind.ParetoNbd)] PurchaseModelKind kind)
    {
        var log = DrawnPurchases.Log(100_000, 31);
        var sample = log.Sample(ForecastLearning.MostCustomers);
        var (whole, part) = (log.FitOf(kind), sample.FitOf(kind));
        var window = ForecastWindow.Plain(AsOf, 365);
        var (all, sampled) = (new LearnedModel(whole), new LearnedModel(part));
        var (worthAll, worthSampled) = (log.Spend, sample.Spend);
        var subjects = log.Subjects(365);

        var sums = (
            Purchases: subjects.Sum(subject => all.Purchases(subject, window)),
            SampledPurchases: subjects.Sum(subject => sampled.Purchases(subject, window)),
            Revenue: subjects.Sum(subject => all.Revenue(subject, window, all.Purchases(subject, window), worthAll)),
            SampledRevenue: subjects.Sum(subject => sampled.Revenue(subject, window, sampled.Purchases(subject, window), worthSampled)));

        // The likelihood of the sample falls by half the squared distance in standard errors: 4 parameters stay within 3 on the whole.
        var cells = sample.Cells;
        var distance = 2 * (LogLikelihood(part.Model!, sample) - LogLikelihood(whole.Model!, sample));
        TestContext.Out.WriteLine($"{whole.Model} {part.Model} {distance:0.00} {sums}");
        Assert.Multiple(() =>
        {
            Assert.That(sample.Customers, Has.Count.EqualTo(20_000).Within(5));
            Assert.That(cells.Customers, Is.EqualTo(sample.Customers.Count));
            Assert.That(distance, Is.InRange(0, 13.3), "99 % point of chi-square with four degrees of freedom.");
            Assert.That(sums.SampledPurchases, Is.EqualTo(sums.Purchases).Within(2).Percent);
            Assert.That(sums.SampledRevenue, Is.EqualTo(sums.Revenue).Within(2).Percent);
        });
    }

    [Test, Category("Slow")]
    public void Prices_that_rise_at_every_cut_are_followed_and_steady_ones_are_not()
    {
        var steady = DrawnPurchases.Customers(1500, 12).ToArray();
        var rising = Array.ConvertAll(steady, customer => customer with { Amounts = [.. customer.Amounts.Zip(customer.Days, (amount, day) => amount * Math.Exp((day - AsOf) * 0.4 / 365))] });

        var (followed, ignored) = (Backtest.Run(PurchaseLog.Of(rising, AsOf), 300), Backtest.Run(PurchaseLog.Of(steady, AsOf), 300));
        var log = PurchaseLog.Of(rising, AsOf);
        var without = followed.Choice.Method!.Forecast(log.Until(AsOf - 300), 300)!.Values.Sum();
        var (_, actual) = HoldoutComparison.Actual(log, log.Until(AsOf - 300), 300);

        Assert.Multiple(() =>
        {
            Assert.That((followed.Choice.FollowsTrend, ignored.Choice.FollowsTrend), Is.EqualTo((true, false)));
            Assert.That(Math.Abs(followed.Chosen!.ValueTotalError!.Value), Is.LessThan(Math.Abs(100 * (without / actual.Sum() - 1))));
        });
    }

    private static double LogLikelihood(PurchaseModel model, PurchaseLog log) => log.Histories.Sum(history => model.LogLikelihood(history));

    private static string Text(ForecastParameters parameters) => JsonSerializer.Serialize(parameters, SettingsJson.Options);
}
