using AmoLtv.Core.Settings;
using AmoLtv.Host.Cards;

namespace AmoLtv.Host.Tests.Cards;

[TestFixture]
public sealed class CardForecastTests
{
    private const string Grades = """[{"from":0,"to":0.8,"customers":300,"expected":0.4,"bought":0.41},{"from":0.8,"to":1,"customers":29,"expected":0.9,"bought":0.9}]""";

    private static readonly DateOnly AsOf = new(2026, 11, 1);

    [Test]
    public void Horizon_is_the_one_of_the_settings_where_history_is_as_long() =>
        Assert.That(CardForecast.Of(Row(AsOf.AddYears(-3)), new AccountSettings { HorizonMonths = 12 })!.Months, Is.EqualTo(12));

    [Test]
    public void Horizon_is_cut_to_the_history() =>
        Assert.That(CardForecast.Of(Row(AsOf.AddMonths(-7)), new AccountSettings { HorizonMonths = 12 })!.Months, Is.EqualTo(7));

    [Test]
    public void Grade_counts_the_clients_of_the_same_range()
    {
        var grade = CardForecast.Of(Row(AsOf.AddYears(-3), repeat: 0.5), new AccountSettings())!.Grade;

        Assert.That(grade, Is.EqualTo(new GradePart(300, 123)));
    }

    [Test]
    public void Grade_of_fewer_than_thirty_clients_is_not_told() =>
        Assert.That(CardForecast.Of(Row(AsOf.AddYears(-3), repeat: 1), new AccountSettings())!.Grade, Is.Null);

    [Test]
    public void Refusal_of_the_forecast_names_what_is_missing()
    {
        var row = new CardRow { Currency = "RUB", CurrencySymbol = "₽", Refusal = """{"reason":"tooFewCustomers","have":7,"need":10}""" };

        Assert.That(CardForecast.WhyNone(row), Is.EqualTo(new NoForecastPart("tooFewCustomers", 7, 10)));
        Assert.That(CardForecast.WhyNone(Row(AsOf.AddYears(-3))), Is.Null);
        Assert.That(CardForecast.WhyNone(new CardRow { Currency = "RUB", CurrencySymbol = "₽" })!.Reason, Is.EqualTo("notYet"));
    }

    [Test]
    public void Line_of_history_adds_up_and_scales_to_the_basis()
    {
        (DateOnly, decimal)[] bought = [(new(2026, 1, 5), 100), (new(2026, 2, 5), 50), (new(2026, 3, 5), -30)];

        Assert.That(CardHistory.Of(bought, 120).Select(point => point.Value), Is.EqualTo([100m, 150m, 120m]));
        Assert.That(CardHistory.Of(bought, 60).Select(point => point.Value), Is.EqualTo([50m, 75m, 60m]));
        Assert.That(CardHistory.Of([(new(2026, 1, 5), -30)], 0), Is.Empty);
    }

    [Test]
    public void Long_line_keeps_its_first_and_last_point()
    {
        var bought = Enumerable.Range(0, 500).Select(day => (new DateOnly(2024, 1, 1).AddDays(day), 1m)).ToList();

        var line = CardHistory.Of(bought, 500);

        Assert.That(line, Has.Count.EqualTo(CardHistory.MostPoints));
        Assert.That((line[0].Value, line[^1].Value), Is.EqualTo((1m, 500m)));
    }

    private static CardRow Row(DateOnly first, double repeat = 0.5) => new()
    {
        Currency = "RUB",
        CurrencySymbol = "₽",
        AsOf = AsOf,
        FirstDay = first.DayNumber,
        ExpectedValue = 1000,
        ValueLow = 0,
        ValueHigh = 3000,
        RepeatProbability = repeat,
        Grades = Grades,
    };
}
