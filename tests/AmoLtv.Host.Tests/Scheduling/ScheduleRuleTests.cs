using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Tests.Scheduling;

[TestFixture]
public sealed class ScheduleRuleTests
{
    [TestCase("Europe/Moscow", "03:00", "2026-11-20T23:59:59Z", "2026-11-21T00:00:00Z", TestName = "Night comes at the local time of the account")]
    [TestCase("Europe/Moscow", "03:00", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z", TestName = "Night that has come is not repeated")]
    [TestCase("Asia/Vladivostok", "03:00", "2026-11-21T16:59:00Z", "2026-11-21T17:00:00Z", TestName = "Night of the local day may be the day before in UTC")]
    [TestCase("Europe/Berlin", "02:30", "2026-03-28T23:00:00Z", "2026-03-29T01:00:00Z", TestName = "Skipped time runs at the next minute that exists")]
    [TestCase("Europe/Berlin", "02:30", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z", TestName = "Skipped time has run once and comes again the next day")]
    [TestCase("Europe/Berlin", "02:30", "2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z", TestName = "Repeated time runs at its first occurrence")]
    [TestCase("Europe/Berlin", "02:30", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z", TestName = "Repeated time does not run at its second occurrence")]
    public void Next_is_the_first_moment_at_which_the_local_clock_shows_the_time(string zone, string time, string after, string expected)
    {
        var next = ScheduleRule.Next(Moment(after), TimeOnly.Parse(time, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.That(next, Is.EqualTo(Moment(expected)));
    }

    [TestCase("Europe/Berlin")]
    [TestCase("America/Santiago")]
    [TestCase("Australia/Lord_Howe")]
    public void Every_local_day_of_a_year_has_exactly_one_night(string zoneName)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        foreach (var time in new[] { new TimeOnly(0, 0), new TimeOnly(1, 45), new TimeOnly(2, 30), new TimeOnly(23, 59) })
        {
            var now = Moment("2026-01-01T12:00:00Z");
            var days = new List<DateOnly>();
            while (now < Moment("2027-01-01T12:00:00Z"))
            {
                now = ScheduleRule.Next(now, time, zone);
                days.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime));
            }

            Assert.That(days, Is.Unique, $"at {time}");
            Assert.That(days[^1].DayNumber - days[0].DayNumber, Is.EqualTo(days.Count - 1), $"at {time}");
        }
    }

    [Test]
    public void Nights_of_accounts_with_one_time_are_spread_evenly_over_the_half_hour_after_it()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
        var evening = Moment("2026-11-20T20:00:00Z");

        var nights = Enumerable.Range(31_000_000, 3000).Select(id => ScheduleRule.Next(evening, new TimeOnly(3, 0), zone, new AccountId(id))).ToList();

        Assert.That(nights, Is.All.InRange(Moment("2026-11-21T00:00:00Z"), Moment("2026-11-21T00:30:00Z")));
        var minutes = nights.GroupBy(night => night.Minute).Select(minute => minute.Count()).ToList();
        Assert.That(minutes, Has.Count.EqualTo(30));
        Assert.That(minutes, Is.All.InRange(50, 150));
    }

    [Test]
    public void Night_of_an_account_comes_once_a_day_wherever_in_the_half_hour_it_is_asked_for()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Yekaterinburg");
        var account = new AccountId(31_415_926);
        var first = ScheduleRule.Next(Moment("2026-11-20T12:00:00Z"), new TimeOnly(3, 0), zone, account);

        Assert.That(ScheduleRule.Next(first.AddSeconds(-1), new TimeOnly(3, 0), zone, account), Is.EqualTo(first));
        Assert.That(ScheduleRule.Next(first, new TimeOnly(3, 0), zone, account), Is.EqualTo(first.AddDays(1)));
    }

    [TestCase("2026-11-20T12:00:00Z", "2026-11-20T23:00:00Z", "2026-11-21T00:00:00Z", TestName = "Night that is to come is owed where none was missed")]
    [TestCase("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z", "2026-11-21T00:00:00Z", TestName = "Night is owed from its moment on")]
    [TestCase("2026-11-20T00:00:00Z", "2026-11-21T20:00:00Z", "2026-11-21T00:00:00Z", TestName = "Night that was not held is owed all day")]
    [TestCase("2026-11-21T00:00:00Z", "2026-11-21T00:00:01Z", "2026-11-22T00:00:00Z", TestName = "Night that is held is not owed")]
    [TestCase("2026-08-01T00:00:00Z", "2026-11-21T20:00:00Z", "2026-11-21T00:00:00Z", TestName = "Of many missed nights the latest alone is owed")]
    [TestCase("2026-11-22T00:00:00Z", "2026-11-21T20:00:00Z", "2026-11-23T00:00:00Z", TestName = "Clock put back owes no night that is held")]
    [TestCase("2026-12-22T00:00:00Z", "2026-11-21T20:00:00Z", "2026-11-22T00:00:00Z", TestName = "Clock that was far ahead keeps no later night away")]
    public void Owed_is_the_latest_night_that_was_not_held_or_the_next_one(string since, string now, string expected)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
        // The first account of all has its night at the very time.
        var owed = ScheduleRule.Owed(Moment(since), Moment(now), new TimeOnly(3, 0), zone, new AccountId(0));

        Assert.That(owed, Is.EqualTo(Moment(expected)));
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
