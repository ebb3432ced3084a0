using System.Text.Json;
using System.Text.Json.Nodes;
using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Series;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
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
