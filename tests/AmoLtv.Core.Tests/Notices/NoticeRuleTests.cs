using AmoLtv.Core.Notices;

namespace AmoLtv.Core.Tests.Notices;

[TestFixture]
public sealed class NoticeRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 0, 0, TimeSpan.Zero);
    private static readonly NoticeChannel[] Both = [NoticeChannel.Crm, NoticeChannel.Email];

    [Test]
    public void New_incident_is_told_once_in_each_channel()
    {
        var incident = new Incident(IncidentKind.NightFailed, Now, "x");

        var due = NoticeRule.Due([incident], Both, [], Now);

        Assert.That(due.Select(notice => (notice.Channel, notice.Number)), Is.EqualTo(new[] { (NoticeChannel.Crm, 0), (NoticeChannel.Email, 0) }));
        Assert.That(NoticeRule.Due([incident], Both, [.. due.Select(notice => Told(notice, Now))], Now.AddHours(1)), Is.Empty);
    }

    [TestCase(IncidentKind.ConnectionLost, 6.9, 0)]
    [TestCase(IncidentKind.ConnectionLost, 7, 1)]
    [TestCase(IncidentKind.NightFailed, 7, 1)]
    [TestCase(IncidentKind.FieldOff, 30, 0)]
    [TestCase(IncidentKind.FieldConflict, 30, 0)]
    public void Lasting_failure_is_told_again_after_a_week_and_a_decision_never(IncidentKind kind, double days, int reminders)
    {
        var incident = new Incident(kind, Now, "x");
        var told = NoticeRule.Due([incident], [NoticeChannel.Email], [], Now).Select(notice => Told(notice, Now)).ToList();

        var due = NoticeRule.Due([incident], [NoticeChannel.Email], told, Now.AddDays(days));

        Assert.That(due, Has.Count.EqualTo(reminders));
        Assert.That(due, Has.All.Matches<DueNotice>(notice => notice is { Number: 1 }));
    }

    [TestCase(IncidentKind.ConnectionLost, 23.9, 0)]
    [TestCase(IncidentKind.ConnectionLost, 24, 1)]
    [TestCase(IncidentKind.FieldOff, 24, 1)]
    public void What_could_not_be_sent_was_not_told_and_is_tried_anew_after_a_day(IncidentKind kind, double hours, int again)
    {
        var incident = new Incident(kind, Now, "x");
        var failed = NoticeRule.Due([incident], [NoticeChannel.Email], [], Now).Select(notice => Told(notice, Now) with { IsFailed = true }).ToList();

        var due = NoticeRule.Due([incident], [NoticeChannel.Email], failed, Now.AddHours(hours));

        Assert.That(due, Has.Count.EqualTo(again));
        Assert.That(due, Has.All.Matches<DueNotice>(notice => notice is { Number: 1 }));
        Assert.That(NoticeRule.Due([incident], [NoticeChannel.Email], [.. failed, .. due.Select(notice => Told(notice, Now.AddHours(hours)))], Now.AddHours(hours)), Is.Empty);
    }

    [TestCase(1, 0)]
    [TestCase(24, 1)]
    public void Incident_that_comes_and_goes_is_told_once_a_day(double hours, int told)
    {
        var first = new Incident(IncidentKind.NightFailed, Now, "x");
        var again = first with { OpenedAt = Now.AddHours(hours) };
        var before = NoticeRule.Due([first], [NoticeChannel.Email], [], Now).Select(notice => Told(notice, Now)).ToList();

        Assert.That(NoticeRule.Due([again], [NoticeChannel.Email], before, Now.AddHours(hours)), Has.Count.EqualTo(told));
    }

    [Test]
    public void Channel_that_can_be_used_later_is_told_later_and_the_others_not_twice()
    {
        var incident = new Incident(IncidentKind.ConnectionLost, Now, "x");
        var first = NoticeRule.Due([incident], [NoticeChannel.Email], [], Now).Select(notice => Told(notice, Now)).ToList();

        Assert.That(NoticeRule.Due([incident], Both, first, Now.AddHours(2)).Select(notice => notice.Channel), Is.EqualTo(new[] { NoticeChannel.Crm }));
    }

    [Test]
    public void Failed_delivery_is_tried_five_times_again_at_growing_pauses()
    {
        var pauses = Enumerable.Range(1, 6).Select(NoticeRule.Pause).ToList();

        Assert.That(pauses.Take(5), Is.Ordered.And.All.Not.Null);
        Assert.That(pauses[5], Is.Null);
    }

    [Test]
    public void Night_that_failed_for_want_of_a_connection_is_one_incident()
    {
        var present = IncidentRule.Present(new AccountCondition("revoked", "no token", ["LTV", "Tier"], 3));

        Assert.That(present.Keys, Is.EquivalentTo(new[] { IncidentKind.ConnectionLost, IncidentKind.FieldOff, IncidentKind.FieldConflict }));
        Assert.That(present[IncidentKind.FieldOff], Is.EqualTo("LTV, Tier"));
        Assert.That(IncidentRule.Present(new AccountCondition(null, "no token", [], 0)).Keys, Is.EqualTo(new[] { IncidentKind.NightFailed }));
        Assert.That(IncidentRule.Present(new AccountCondition(null, null, [], 0)), Is.Empty);
    }

    [Test]
    public void Every_incident_has_its_words_in_both_languages([Values] IncidentKind kind)
    {
        var incident = new Incident(kind, Now, "the reason");
        string[] texts = [.. new[] { true, false }.SelectMany(english => new[] { NoticeText.Title(kind, english), NoticeText.Body(incident, "Acme", english, "LTV-1") })];

        Assert.That(texts, Is.Unique.And.All.Not.Empty);
        Assert.That(texts.Where((_, index) => index % 2 == 1), Has.All.Contain("the reason").And.All.Contain("Acme").And.All.EndsWith("(LTV-1)"));
    }

    [Test]
    public void Loss_nobody_was_told_of_is_told_in_the_CRM_once_it_is_over_the_latest_alone()
    {
        var first = new UntoldLoss(new Incident(IncidentKind.ConnectionLost, Now, "x"), Now.AddHours(1));
        var second = new UntoldLoss(new Incident(IncidentKind.ConnectionLost, Now.AddHours(2), "y"), Now.AddHours(3));

        Assert.That(NoticeRule.DueLate([first, second], [], Now.AddHours(3)), Is.EqualTo(new DueNotice(second.Incident, NoticeChannel.Crm, 0)));
        Assert.That(NoticeRule.DueLate([], [], Now), Is.Null);
    }

    [TestCase(23.9, false)]
    [TestCase(24, true)]
    public void Losses_that_come_and_go_are_told_late_once_a_day(double hours, bool isTold)
    {
        var loss = new UntoldLoss(new Incident(IncidentKind.ConnectionLost, Now.AddHours(1), "x"), Now.AddHours(2));
        var before = new ToldNotice(IncidentKind.ConnectionLost, Now.AddHours(-1), NoticeChannel.Crm, 0, Now);

        Assert.That(NoticeRule.DueLate([loss], [before], Now.AddHours(hours)), isTold ? Is.Not.Null : Is.Null);
    }

    [Test]
    public void Loss_told_late_says_from_when_to_when_in_the_time_of_the_account([Values] bool isEnglish)
    {
        var loss = new UntoldLoss(new Incident(IncidentKind.ConnectionLost, Now, "the reason"), Now.AddHours(20));
        var body = NoticeText.LateBody(loss, "Acme", TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"), isEnglish, "LTV-1");

        Assert.That(body, Does.Contain("2026-05-04 06:00").And.Contain("2026-05-05 02:00").And.Contain("Acme").And.Contain("the reason").And.EndsWith("(LTV-1)"));
        Assert.That(NoticeText.LateTitle(isEnglish), Is.Not.EqualTo(NoticeText.Title(IncidentKind.ConnectionLost, isEnglish)));
    }

    private static ToldNotice Told(DueNotice due, DateTimeOffset at) => new(due.Incident.Kind, due.Incident.OpenedAt, due.Channel, due.Number, at);
}
