using System.Globalization;
using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Tests.Purchases;

public sealed class AccountDaysTests
{
    [TestCase(null, null, "2026-11-01", TestName = "As_of_is_the_first_of_the_month_without_purchases")]
    [TestCase("2026-10-31", null, "2026-11-01", TestName = "As_of_is_the_first_of_the_month_when_the_last_purchase_is_earlier")]
    [TestCase("2026-11-15", null, "2026-11-15", TestName = "As_of_is_the_last_purchase_when_it_is_later")]
    [TestCase("2026-11-15", "2026-06-30", "2026-06-30", TestName = "As_of_is_the_date_fixed_by_hand_whatever_the_purchases")]
    public void As_of(string? lastPurchase, string? fixedByHand, string expected) =>
        Assert.That(AccountDays.AsOf(new DateOnly(2026, 11, 21), Day(lastPurchase), Day(fixedByHand)), Is.EqualTo(Day(expected)));

    [TestCase("2026-01-15", "2026-01-15", 0)]
    [TestCase("2026-01-15", "2026-02-14", 0)]
    [TestCase("2026-01-15", "2026-02-15", 1)]
    [TestCase("2026-01-31", "2026-02-28", 1)]
    [TestCase("2024-02-29", "2025-02-28", 12)]
    [TestCase("2025-03-01", "2026-11-01", 20)]
    [TestCase("2026-05-01", "2026-01-01", 0)]
    public void Months_are_completed_ones(string from, string to, int months) =>
        Assert.That(AccountDays.CompletedMonths(Day(from)!.Value, Day(to)!.Value), Is.EqualTo(months));

    [Test]
    public void A_period_begins_its_months_before_the_date() =>
        Assert.That(AccountDays.PeriodStart(new DateOnly(2026, 11, 1), 12), Is.EqualTo(new DateOnly(2025, 11, 1)));

    [TestCase("0001-01-01", 12, null)]
    [TestCase("0002-01-01", 12, "0001-01-01")]
    [TestCase("0001-12-31", 12, null)]
    public void A_period_that_would_begin_before_there_are_dates_is_all_history(string asOf, int months, string? expected) =>
        Assert.That(AccountDays.PeriodStart(Day(asOf)!.Value, months), Is.EqualTo(Day(expected)));

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
