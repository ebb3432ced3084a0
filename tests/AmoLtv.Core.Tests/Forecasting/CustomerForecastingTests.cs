using System.Text.Json;
using System.Text.Json.Nodes;
using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Series;
using AmoLtv.Core.Forecasting.Spending;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture, Category("Slow")]
public sealed class CustomerForecastingTests
{
    private static readonly SeasonalIndices Seasons = new([.. Enumerable.Range(0, 12).Select(month => 1 + 0.3 * Math.Sin(month))], 0.8);

    private static IEnumerable<string> Names => [.. Backtest.Methods.Where(method => method is not DiscreteMethod).Select(method => method.Name), "paretoNbd+regression", "bgNbd+paretoNbd"];

    [Test]
    public void Stored_parameters_forecast_exactly_what_fresh_ones_do([ValueSource(nameof(Names))] string method, [Values(200, 1500)] int customers)
    {
        var log = DrawnPurchases.Log(customers, 5);
        var fresh = Learn(log, method);
        var text = JsonSerializer.Serialize(fresh, SettingsJson.Options);

        var stored = JsonSerializer.Deserialize<ForecastParameters>(Shuffled(JsonNode.Parse(text)!).ToJsonString(), SettingsJson.Options)!;

        Assert.Multiple(() =>
        {
            Assert.That(JsonSerializer.Serialize(stored, SettingsJson.Options), Is.EqualTo(text));
            Assert.That(All(stored, log), Is.EqualTo(All(fresh, log)));
        });
    }

    [Test]
    public void Forecast_of_all_is_the_forecast_of_each([ValueSource(nameof(Names))] string method)
    {
        var log = DrawnPurchases.Log(1200, 6);
        var forecasting = new CustomerForecasting(Learn(log, method), log.AsOfDay, 12, 10, Basis.Margin);
        var subjects = log.Subjects(forecasting.Horizon.Days);
        var all = new ClientForecast[subjects.Length];

        forecasting.ForecastAll(subjects, all);

        Assert.That(all, Is.EqualTo(subjects.Select(subject => forecasting.Forecast(subject))));
    }

    [Test]
    public void Expectations_of_each_customer_are_the_methods_of_the_whole_log([ValueSource(nameof(Names))] string method, [Values(200, 1500)] int customers)
    {
        var bare = DrawnPurchases.Customers(customers, 7).Select(customer => new CustomerPurchases(customer.Days, customer.Amounts));
        var log = PurchaseLog.Of(bare, DrawnPurchases.AsOf);
        var parameters = Learn(log, method, null);
        var whole = Backtest.MethodOf(method)!.Forecast(log, parameters.HorizonDays)!;

        var each = All(parameters, log);

        Assert.Multiple(() =>
        {
            Assert.That(each.Select(forecast => forecast.ExpectedPurchases), Is.EqualTo(whole.Purchases).Within(1e-9));
            Assert.That(each.Select(forecast => forecast.ExpectedValue), Is.EqualTo(whole.Values).Within(1e-9).Percent);
        });
    }

    [Test]
    public void Next_purchase_is_the_closed_form_median_of_one_who_is_still_here()
    {
        var log = DrawnPurchases.Log(1500, 9);
        var parameters = Learn(log, "mbgNbd", null);
        var model = (DropoutModel)((LearnedModel)parameters.Method).Fit.Model!;
        var subject = log.Subjects(365).First(subject => subject.PurchaseDays == 4);

        var next = new CustomerForecasting(parameters, log.AsOfDay, 12).Forecast(subject).NextPurchaseDay;

        var age = (log.AsOfDay - subject.FirstDay) / 7.0;
        var wait = 7 * (model.Alpha + age) * (Math.Pow(2, 1 / (model.R + 3)) - 1);
        Assert.That(next, Is.EqualTo(log.AsOfDay + (int)Math.Ceiling(wait)));
    }

    [Test]
    public void Next_purchase_of_an_erlang_process_has_half_its_probability_before_it()
    {
        var model = new DropoutModel(PurchaseModelKind.MbgCnbd, 2, 9, 0.8, 3, 3);
        var history = new RepeatSummary(5, 40, 52);

        var wait = model.MedianWaitIfStaying(history);

        Span<double> none = stackalloc double[1];
        model.FillIfHere(history, wait, none);
        Assert.That(none[0], Is.EqualTo(0.5).Within(1e-3));
    }

    [Test]
    public void Lost_client_and_one_who_would_come_after_ten_years_have_no_next_purchase()
    {
        var log = DrawnPurchases.Log(1500, 9);
        var parameters = Learn(log, "mbgNbd", null);
        var subject = log.Subjects(365)[0];
        var rare = parameters with { Distribution = new LearnedModel(new PurchaseFit { Kind = PurchaseModelKind.Nbd, Model = new NbdModel(0.01, 500) }) };

        Assert.Multiple(() =>
        {
            Assert.That(new CustomerForecasting(parameters, log.AsOfDay, 12).Forecast(subject with { IsLost = true }).NextPurchaseDay, Is.Null);
            Assert.That(new CustomerForecasting(rare, log.AsOfDay, 12).Forecast(subject with { PurchaseDays = 1, LastDay = subject.FirstDay }).NextPurchaseDay, Is.Null);
        });
    }

    [Test]
    public void Discount_is_that_of_the_model_and_never_raises_a_value([Values("bgNbd", "paretoNbd", "mbgCnbd")] string method)
    {
        var log = DrawnPurchases.Log(1500, 9);
        var parameters = Learn(log, method, null);
        var model = ((LearnedModel)parameters.Method).Fit.Model!;
        var rate = Math.Log(1.25) / (365.25 / 7);
        var (plain, discounted) = (new CustomerForecasting(parameters, log.AsOfDay, 24), new CustomerForecasting(parameters, log.AsOfDay, 24, 25));
        foreach (var subject in log.Subjects(plain.Horizon.Days).Take(50))
        {
            var history = subject.History(log.AsOfDay);
            var part = model.DiscountedPurchases(history, rate, plain.Horizon.Days / 7.0) / model.ExpectedPurchases(history, plain.Horizon.Days / 7.0);
            var (before, after) = (plain.Forecast(subject), discounted.Forecast(subject));

            Assert.That(after.ExpectedValue / before.ExpectedValue, Is.EqualTo(part).Within(1e-4).And.LessThan(1));
            Assert.That(after.Value.High, Is.EqualTo(before.Value.High * part).Within(0.01).Percent);
        }
    }

    [Test]
    public void Margin_that_is_lost_turns_the_values_around_and_returns_take_their_share()
    {
        var log = DrawnPurchases.Log(1500, 9);
        var parameters = Learn(log, "mbgNbd", null) with { MarginShare = new ShrunkRatio(0.3, 100), ReturnShare = new ShrunkRatio(0.1, 100) };
        var subject = log.Subjects(365).First(subject => subject.PurchaseDays > 5) with { Revenue = 900, Margin = -430, Returns = 190, LastDay = log.AsOfDay };
        var revenue = new CustomerForecasting(parameters with { ReturnShare = null }, log.AsOfDay, 12).Forecast(subject);
        var kept = new CustomerForecasting(parameters, log.AsOfDay, 12).Forecast(subject);
        var lost = new CustomerForecasting(parameters, log.AsOfDay, 12, 0, Basis.Margin).Forecast(subject);

        Assert.Multiple(() =>
        {
            // (190 + 0.1 · 100) / 1000 of the revenue comes back, (−430 + 0.3 · 100) / 1000 of the rest is margin.
            Assert.That(kept.ExpectedValue, Is.EqualTo(0.8 * revenue.ExpectedValue).Within(1e-9).Percent);
            Assert.That(lost.ExpectedValue, Is.EqualTo(-0.4 * kept.ExpectedValue).Within(1e-9).Percent);
            Assert.That((lost.Value.Low, lost.Value.High), Is.EqualTo((-0.4 * kept.Value.High, -0.4 * kept.Value.Low)).Using<(double, double)>(
                (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-6 * Math.Abs(a.Item1)));
            Assert.That(lost.Value.Low, Is.LessThan(lost.Value.High));
        });
    }

    [Test]
    public void Season_of_the_horizon_scales_what_is_expected()
    {
        // The month after the last of June is July alone.
        var asOf = new DateOnly(2021, 6, 30).DayNumber;
        var log = PurchaseLog.Of(DrawnPurchases.Customers(1500, 9), asOf);
        var july = new SeasonalIndices([.. Enumerable.Range(1, 12).Select(month => month == 7 ? 2.1 : 0.9)], 1);
        var parameters = Learn(log, "nbd", null);

        Assert.That(Expected(parameters with { Seasons = july }) / Expected(parameters), Is.EqualTo(2.1).Within(1e-9));

        double Expected(ForecastParameters own) => new CustomerForecasting(own, asOf, 1).Forecast(log.Subjects(30)[0]).ExpectedPurchases;
    }

    private static ForecastParameters Learn(PurchaseLog log, string method, SeasonalIndices? seasons) =>
        ForecastLearning.Learn(log, 12, seasons, StoredChoice.ByHand(Backtest.MethodOf(method)!)).Parameters!;

    private static ForecastParameters Learn(PurchaseLog log, string method) => Learn(log, method, Seasons);

    private static ClientForecast[] All(ForecastParameters parameters, PurchaseLog log)
    {
        var forecasting = new CustomerForecasting(parameters, log.AsOfDay, 12);
        var subjects = log.Subjects(forecasting.Horizon.Days);
        var forecasts = new ClientForecast[subjects.Length];
        forecasting.ForecastAll(subjects, forecasts);
        return forecasts;
    }

    // As a database gives JSON back: the properties of an object in an order of its own.
    private static JsonNode Shuffled(JsonNode node) => node switch
    {
        JsonObject properties => new JsonObject(properties.OrderBy(property => property.Key.Length).ThenByDescending(property => property.Key, StringComparer.Ordinal)
            .Select(property => KeyValuePair.Create(property.Key, property.Value is null ? null : Shuffled(property.Value))).ToList()),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Shuffled(item))]),
        _ => node.DeepClone(),
    };
}
