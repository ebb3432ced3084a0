using AmoLtv.Core.Syncing;

namespace AmoLtv.Core.Tests.Syncing;

[TestFixture]
public sealed class ScanPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);
    private static readonly long[] Fields = [7001, 7002];
    private static readonly ScanCursor Left = new(5, 1000, false, Now.AddHours(-1), Fields);

    [Test]
    public void Scan_begins_at_the_first_page_where_none_was_left() =>
        Assert.That(ScanPlan.Resume(null, Now, Fields), Is.EqualTo(ScanCursor.Begin(Now, Fields)));

    [Test]
    public void Resumed_scan_reads_its_last_page_once_more() =>
        Assert.That(ScanPlan.Resume(Left, Now, Fields), Is.EqualTo(Left with { NextPage = 4 }));

    [Test]
    public void Scan_left_too_long_ago_begins_anew() =>
        Assert.That(ScanPlan.Resume(Left with { BeganAt = Now.AddHours(-13) }, Now, Fields).NextPage, Is.EqualTo(1));

    [Test]
    public void Scan_of_other_fields_begins_anew_even_when_done() =>
        Assert.That(ScanPlan.Resume(Left with { IsDone = true }, Now, [7001]), Has.Property(nameof(ScanCursor.NextPage)).EqualTo(1).And.Property(nameof(ScanCursor.IsDone)).False);

    [Test]
    public void Scan_that_is_done_stays_done() =>
        Assert.That(ScanPlan.Resume(Left with { IsDone = true }, Now, Fields).IsDone, Is.True);

    [TestCase(false, 900, 1000, 1100)]
    [TestCase(false, 1000, 1100)]
    [TestCase(true, 1001, 1100)]
    [TestCase(true)]
    public void Scan_restarts_where_rows_may_have_slipped_by(bool expected, params long[] ids) =>
        Assert.That(ScanPlan.MustRestart(Left with { NextPage = 4 }, ids), Is.EqualTo(expected));

    [Test]
    public void Page_speaks_for_the_ids_above_the_last_one_up_to_its_own_last() =>
        Assert.That(ScanPlan.Covered(Left, [900, 1010, 1200], hasNext: true), Is.EqualTo(new IdRange(1000, 1200)));

    [Test]
    public void Last_page_speaks_for_all_ids_above([Values] bool isEmpty) =>
        Assert.That(ScanPlan.Covered(Left, isEmpty ? [] : [1010], hasNext: false), Is.EqualTo(new IdRange(1000, long.MaxValue)));

    [TestCase(1200, 1010)]
    [TestCase(1010, 1010)]
    public void Page_out_of_order_speaks_for_nothing(long first, long second) =>
        Assert.That(ScanPlan.Covered(Left, [first, second], hasNext: true), Is.Null);

    [Test]
    public void Stored_ids_that_a_page_does_not_show_are_suspects() =>
        Assert.That(string.Join(' ', ScanPlan.Suspects([1001, 1002, 1003, 1004], [1002, 1004, 1005])), Is.EqualTo("1001 1003"));

    [Test]
    public void Cursor_never_goes_back() =>
        Assert.That(ScanPlan.Advance(Left, 4, [900, 950], hasNext: true), Is.EqualTo(Left with { NextPage = 5, LastId = 1000 }));

    [Test]
    public void Cursor_is_done_after_the_last_page() =>
        Assert.That(ScanPlan.Advance(Left, 5, [1010], hasNext: false), Is.EqualTo(Left with { NextPage = 6, LastId = 1010, IsDone = true }));
}
