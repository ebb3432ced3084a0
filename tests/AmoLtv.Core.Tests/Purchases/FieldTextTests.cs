using System.Globalization;
using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Tests.Purchases;

/// <summary>Custom fields as the CRM gives them: what cannot be read is no value, never 0.</summary>
[TestFixture]
public sealed class FieldTextTests
{
    [TestCase("12.345", 12.35)]
    [TestCase("-12.345", -12.35)]
    [TestCase("999999999999.99", 999999999999.99)]
    [TestCase("1000000000000", null)]
    [TestCase("-1000000000000", null)]
    [TestCase("twelve", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void Money_is_kopecks_exact_and_at_most_what_a_sum_can_hold(string? text, double? amount) =>
        Assert.That(FieldText.Money(text), Is.EqualTo(amount is { } value ? (decimal?)Math.Round((decimal)value, 2) : null));

    // 2026-02-28T21:30Z is the first of March in Moscow already.
    [TestCase("2026-03-01", "2026-03-01")]
    [TestCase("1772314200", "2026-03-01")]
    [TestCase("2026-02-28T21:30:00Z", "2026-03-01")]
    [TestCase("2026-02-28T21:30:00+03:00", "2026-02-28")]
    [TestCase("-62000000000", null)]
    [TestCase("253000000000", null)]
    [TestCase("-61999999999", "0005-04-19")]
    [TestCase("252999999999", "9987-04-02")]
    [TestCase("999999999999999", null)]
    [TestCase("-999999999999999", null)]
    [TestCase("tomorrow", null)]
    [TestCase(null, null)]
    public void Day_is_that_of_the_account_and_a_calendar_date_is_the_same_everywhere(string? text, string? day) =>
        Assert.That(FieldText.Day(text, Leads.Moscow)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Is.EqualTo(day));

    [Test]
    public void Calendar_date_is_that_day_west_of_Greenwich_too() =>
        Assert.That(FieldText.Day("2026-03-01", TimeZoneInfo.FindSystemTimeZoneById("America/New_York")), Is.EqualTo(new DateOnly(2026, 3, 1)));
}
