using System.Text.Json;
using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests.Forecasting;

/// <summary>Whatever the base, what was learned and stored gives finite forecasts, or learning says what is missing.</summary>
[TestFixture, Category("Slow")]
public sealed class HostileForecastTests
{
    private const int AsOf = DrawnPurchases.AsOf;

    private static readonly (string Name, Func<IEnumerable<CustomerPurchases>> Base)[] Named =
    [
        ("one customer", () => [Bought([AsOf - 400, AsOf - 200, AsOf])]),
        ("one purchase each", () => Enumerable.Range(0, 60).Select(i => Bought([AsOf - 10 * i]))),
        ("one repeats", () => Enumerable.Range(0, 60).Select(i => i == 7 ? Bought([AsOf - 300, AsOf - 30]) : Bought([AsOf - 10 * i]))),
        ("identical intervals", () => Enumerable.Range(0, 40).Select(_ => Bought([.. Enumerable.Range(0, 13).Select(k => AsOf - 364 + 28 * k)]))),
        ("one buys daily", () => Enumerable.Range(0, 40).Select(i => i == 0 ? Bought([.. Enumerable.Range(0, 300).Select(k => AsOf - 299 + k)]) : Bought(i % 3 == 0 ? [AsOf - 290] : [AsOf - 280 + i, AsOf - 9 * i / 3]))),
        ("all buy daily", () => Enumerable.Range(0, 30).Select(_ => Bought([.. Enumerable.Range(0, 300).Select(k => AsOf - 299 + k)]))),
        ("amounts of any size", () => Drawn().Select((customer, i) => customer with { Amounts = Array.ConvertAll(customer.Amounts, _ => i % 2 == 0 ? 1e12 : 0.01), Revenue = i % 2 == 0 ? 1e12 : 0.01, Margin = i % 3 == 0 ? -1e12 : 0.005, Returns = i % 5 == 0 ? 1e12 : 0 })),
        ("negative net customers", () => Drawn().Select((customer, i) => i % 4 == 0 ? customer with { Returns = 3 * customer.Revenue, Margin = -customer.Revenue } : customer)),
        ("no amounts at all", () => Drawn().Select(customer => customer with { Amounts = Array.ConvertAll(customer.Amounts, _ => 0.0), Revenue = 0, Margin = 0, Returns = 0 })),
        ("negative amounts alone", () => Drawn().Select(customer => customer with { Amounts = Array.ConvertAll(customer.Amounts, amount => -amount) })),
        ("few amounts", () => Drawn().Select((customer, i) => i < 5 ? customer : customer with { Amounts = Array.ConvertAll(customer.Amounts, _ => 0.0) })),
        ("purchases in the future", () => Drawn().Select(customer => Bought([.. customer.Days.Select(day => day + 200).Distinct()]))),
        ("fell silent at once", () => Enumerable.Range(0, 40).Select(i => Bought([AsOf - 900, AsOf - 890 - i % 7]))),
        ("quarterly", () => CentredDistributionTests.Quarterly().Customers),
    ];

    private static IEnumerable<string> Names => Named.Select(named => named.Name);

    [Test]
    public void Answers_are_finite_or_refused_for([ValueSource(nameof(Names))] string name, [Values(12, 60)] int months)
    {
        var log = PurchaseLog.Of(Named.Single(named => named.Name == name).Base(), AsOf);
        var result = ForecastLearning.Learn(log, months);
        if (result.Parameters is not { } parameters)
        {
            Assert.That(result.Refusal, Is.Not.Null.And.Matches<ForecastRefusal>(refusal => refusal!.Have < refusal.Need || refusal.Reason == ForecastRefusalReason.NoUsableMethod));
            return;
        }

        AssertSensible(log, Stored(parameters), months, name);
        if (months > 12)
        {
            return;
        }

        foreach (var method in Backtest.Methods.Append(new CombinedMethod(Backtest.MethodOf("bgNbd")!, Backtest.MethodOf("regression")!)))
        {
            if (ForecastLearning.Learn(log, months, null, StoredChoice.ByHand(method)).Parameters is { } other)
            {
                AssertSensible(log, Stored(other), months, $"{name}, {method.Name}");
            }
        }
    }

    [Test]
    public void Quarterly_purchases_are_forecast_in_quarters_from_stored_parameters()
    {
        var log = CentredDistributionTests.Quarterly();
        var learned = ForecastLearning.Learn(log, 12);
        var parameters = Stored(learned.Parameters!);
        var forecasting = new CustomerForecasting(parameters, AsOf, 12);

        Assert.Multiple(() =>
        {
            Assert.That((parameters.PeriodDays, parameters.Distribution.GetType()), Is.EqualTo((365.25 / 4, typeof(LearnedDiscrete))));
            Assert.That(parameters.Choice.Scores.Select(score => score.Method), Has.None.EqualTo("mbgNbd"));
            foreach (var subject in log.Subjects(365))
            {
                var forecast = forecasting.Forecast(subject);
                Assert.That(forecast.Purchases.High, Is.LessThanOrEqualTo(4));
                Assert.That(forecast.NextPurchaseDay is not { } day || Math.Abs((day - subject.FirstDay) / 91.3125 % 1 - 0.5) > 0.45 || day == AsOf + 1, $"{forecast} is not at a quarter's turn.");
            }
        });
    }

    [Test]
    public void Subject_that_took_no_part_in_learning_is_forecast_too()
    {
        var forecasting = new CustomerForecasting(ForecastLearning.Learn(DrawnPurchases.Log(300, 1), 12).Parameters!, AsOf, 12);

        AssertSensible(forecasting.Forecast(new ForecastSubject { FirstDay = AsOf - 5000, LastDay = AsOf, PurchaseDays = 4000 }), "every day for years");
        AssertSensible(forecasting.Forecast(new ForecastSubject { FirstDay = AsOf + 20, LastDay = AsOf + 30, PurchaseDays = 2 }), "in the future");
        AssertSensible(forecasting.Forecast(new ForecastSubject { FirstDay = AsOf, LastDay = AsOf, PurchaseDays = 1 }), "new today");
    }

    private static void AssertSensible(PurchaseLog log, ForecastParameters parameters, int months, string what)
    {
        foreach (var (discount, basis) in new[] { (0, Basis.Revenue), (100, Basis.Margin) })
        {
            var forecasting = new CustomerForecasting(parameters, AsOf, months, discount, basis);
            foreach (var subject in log.Subjects(forecasting.Horizon.Days).Take(12))
            {
                AssertSensible(forecasting.Forecast(subject), $"{what}: {subject}");
            }
        }
    }

    private static void AssertSensible(in ClientForecast forecast, string what)
    {
        var all = $"{what} {forecast}";
        Assert.That(double.IsFinite(forecast.ExpectedPurchases) && forecast.ExpectedPurchases >= 0, all);
        Assert.That(forecast.RepeatProbability, Is.InRange(0, 1), all);
        Assert.That(double.IsFinite(forecast.ExpectedValue), all);
        Assert.That(IsSensible(forecast.Purchases) && IsSensible(forecast.Value), all);
        Assert.That(forecast.Purchases.Low, Is.GreaterThanOrEqualTo(0), all);
        Assert.That(forecast.NextPurchaseDay ?? AsOf + 1, Is.InRange(AsOf + 1, AsOf + 3653), all);
    }

    private static bool IsSensible(PredictiveSet set) =>
        double.IsFinite(set.Low) && double.IsFinite(set.High) && set.High >= set.Low && set.Probability is >= 0.75 and <= 1.000001;

    private static ForecastParameters Stored(ForecastParameters parameters) =>
        JsonSerializer.Deserialize<ForecastParameters>(JsonSerializer.Serialize(parameters, SettingsJson.Options), SettingsJson.Options)!;

    private static IEnumerable<CustomerPurchases> Drawn() => DrawnPurchases.Customers(80, 13);

    private static CustomerPurchases Bought(int[] days)
    {
        Array.Sort(days);
        return new CustomerPurchases(days, Array.ConvertAll(days, day => 100.0 + day % 50)) { Revenue = 100 * days.Length, Margin = 30 * days.Length };
    }
}
