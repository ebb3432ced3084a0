using System.Globalization;
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

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
