using AmoLtv.Core.Syncing;

namespace AmoLtv.Core.Tests.Syncing;

[TestFixture]
public sealed class SyncStateTests
{
    private static readonly DateTimeOffset Now = new(2025, 3, 10, 3, 0, 0, TimeSpan.Zero);
    private static readonly SyncState Yesterday = new(Now.AddDays(-1), Now.AddDays(-1), Now.AddDays(-1), false);

    [Test]
    public void Account_that_was_scanned_lately_is_followed_by_its_changes() =>
        Assert.That(Yesterday.IsWholeDue(isScanLeft: false, areFieldsStored: true, Now), Is.False);

    [Test]
    public void Account_is_looked_at_whole_first_then_weekly_in_the_same_night()
    {
        Assert.That((Yesterday with { WholeAt = null }).IsWholeDue(false, true, Now), Is.True);
        Assert.That((Yesterday with { WholeAt = Now.AddDays(-6) }).IsWholeDue(false, true, Now), Is.False);
        Assert.That((Yesterday with { WholeAt = Now.AddDays(-7).AddMinutes(30) }).IsWholeDue(false, true, Now), Is.True, "The scan itself took half an hour.");
    }

    [Test]
    public void Account_is_looked_at_whole_when_asked_when_interrupted_and_when_other_fields_are_wanted()
    {
        Assert.That((Yesterday with { IsWholeAsked = true }).IsWholeDue(false, true, Now), Is.True);
        Assert.That(Yesterday.IsWholeDue(isScanLeft: true, areFieldsStored: true, Now), Is.True);
        Assert.That(Yesterday.IsWholeDue(isScanLeft: false, areFieldsStored: false, Now), Is.True);
    }

    [Test]
    public void Scan_that_our_clock_puts_into_the_future_counts_for_nothing() =>
        Assert.That((Yesterday with { WholeAt = Now.AddDays(400) }).IsWholeDue(false, true, Now), Is.True);

    [Test]
    public void First_cursor_is_the_newest_change_before_the_scan()
    {
        var newest = Now.AddMinutes(-3);

        Assert.That(SyncState.Begin(newest, Now), Is.EqualTo(new SyncState(newest, newest, null, false)));
    }

    [Test]
    public void First_cursor_of_an_account_long_silent_does_not_read_its_events_from_then_on()
    {
        var newest = Now.AddYears(-2);

        Assert.That(SyncState.Begin(newest, Now), Is.EqualTo(new SyncState(newest, Now.AddDays(-1), null, false)));
    }

    [Test]
    public void First_cursor_is_never_in_the_future()
    {
        Assert.That(SyncState.Begin(Now.AddYears(1), Now).LeadsUntil, Is.EqualTo(Now));
        Assert.That(SyncState.Begin(null, Now).LeadsUntil, Is.EqualTo(Now.AddDays(-1)));
    }

    [Test]
    public void Account_that_only_a_whole_sync_brings_up_to_date_rests_between_them()
    {
        Assert.That(PollRule.WholeFrom(null, Now), Is.EqualTo(Now));
        Assert.That(PollRule.WholeFrom(Now.AddHours(-7), Now), Is.EqualTo(Now));
        Assert.That(PollRule.WholeFrom(Now.AddHours(-1), Now), Is.EqualTo(Now.AddHours(5)));
    }

    [Test]
    public void Pause_after_failures_doubles_up_to_half_an_hour()
    {
        Assert.That(PollRule.Pause(1), Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(PollRule.Pause(5), Is.EqualTo(TimeSpan.FromMinutes(16)));
        Assert.That(PollRule.Pause(6), Is.EqualTo(TimeSpan.FromMinutes(30)));
        Assert.That(PollRule.Pause(int.MaxValue), Is.EqualTo(TimeSpan.FromMinutes(30)));
    }

    [Test]
    public void Few_cards_are_asked_for_one_by_one_and_many_by_a_scan()
    {
        Assert.That(FetchPlan.IsScanCheaper(20, 1000), Is.False);
        Assert.That(FetchPlan.IsScanCheaper(21, 1000), Is.True);
        Assert.That(FetchPlan.IsScanCheaper(400, 100_000), Is.False);
        Assert.That(FetchPlan.IsScanCheaper(402, 100_000), Is.True);
        Assert.That(FetchPlan.Batches(Enumerable.Range(0, 401).Select(id => (long)(id % 300))).Select(batch => batch.Length), Is.EqualTo(new[] { 200, 100 }));
    }
}
