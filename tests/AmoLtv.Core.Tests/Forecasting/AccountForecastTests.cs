using System.Text.Json;
using AmoLtv.Core.Forecasting.Series;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class AccountForecastTests
{
    private static readonly DateOnly Start = new(2023, 4, 1);

    [Test]
    public void Running_month_takes_no_part_and_is_the_first_to_be_forecast()
    {
        var months = Months(30, i => 1000 + 10 * i).ToList();
        var running = new AccountMonth(Start.AddMonths(30), 3, 1);

        var (without, with) = (Forecast(months), Forecast([.. months, running]));

        Assert.Multiple(() =>
        {
            Assert.That(with.Forecast, Is.EqualTo(without.Forecast));
            Assert.That(with.Months, Has.Count.EqualTo(30));
            Assert.That(with.Forecast[0].Month, Is.EqualTo(running.Month));
            Assert.That(with.Forecast, Has.Count.EqualTo(12).And.All.Matches<ForecastMonth>(month => month!.Low <= month.Expected && month.Expected <= month.High));
            Assert.That(with.Scores[0].Method, Is.EqualTo(with.Method));
        });

        AccountForecast Forecast(List<AccountMonth> known) => AccountForecast.Of(known, running.Month.AddDays(14), 12);
    }

    [Test]
    public void Months_left_out_are_months_without_purchases()
    {
        var forecast = AccountForecast.Of([new(Start, 100, 1), new(Start.AddMonths(3), 200, 2)], Start.AddMonths(5), 6);

        Assert.That(forecast.Months.Select(month => month.Revenue), Is.EqualTo(new[] { 100.0, 0, 0, 200, 0 }));
    }

    [Test]
    public void Season_that_repeats_is_found_in_money_and_in_purchases()
    {
        var forecast = AccountForecast.Of(Months(48, i => 10_000 * (1 + 0.5 * Math.Sin(i * Math.PI / 6))), Start.AddMonths(48), 12);

        Assert.Multiple(() =>
        {
            Assert.That(forecast.RevenueSeasons.Strength, Is.GreaterThan(0.9));
            Assert.That(forecast.PurchaseSeasons.Indices[6], Is.EqualTo(1.5).Within(0.03), "July is the fourth month.");
        });
    }

    [Test]
    public void Too_few_whole_months_give_no_forecast([Values(0, 2)] int count)
    {
        var forecast = AccountForecast.Of(Months(count, _ => 100), Start.AddMonths(count).AddDays(3), 12);

        Assert.That((forecast.Method, forecast.Forecast.Count, forecast.PurchaseSeasons), Is.EqualTo(((string?)null, 0, SeasonalIndices.None)));
    }

    [Test]
    public void Kept_as_json_it_comes_back_as_it_was()
    {
        var text = JsonSerializer.Serialize(AccountForecast.Of(Months(40, i => 900 + i * i % 77 / 3.0), Start.AddMonths(40), 12), SettingsJson.Options);

        Assert.That(JsonSerializer.Serialize(JsonSerializer.Deserialize<AccountForecast>(text, SettingsJson.Options), SettingsJson.Options), Is.EqualTo(text));
    }

    [Test]
    public void Hostile_months_give_finite_numbers([Values(-1e12, 0.01, 1e12, 0)] double amount)
    {
        var forecast = AccountForecast.Of(Months(36, i => i % 5 == 0 ? amount : i % 3), Start.AddMonths(36), 24);

        Assert.That(forecast.Forecast, Has.Count.EqualTo(24).And.All.Matches<ForecastMonth>(month => double.IsFinite(month!.Low) && double.IsFinite(month.High) && double.IsFinite(month.Expected)));
    }

    private static IEnumerable<AccountMonth> Months(int count, Func<int, double> revenue) =>
        Enumerable.Range(0, count).Select(i => new AccountMonth(Start.AddMonths(i), revenue(i), (int)Math.Abs(revenue(i) / 10)));
}
