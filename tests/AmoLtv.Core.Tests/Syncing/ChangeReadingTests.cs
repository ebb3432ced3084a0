using AmoLtv.Core.Syncing;

namespace AmoLtv.Core.Tests.Syncing;

[TestFixture]
public sealed class ChangeReadingTests
{
    private static readonly DateTimeOffset Cursor = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly DateTimeOffset Now = Cursor.AddDays(1);
    private static readonly ChangeWindow Window = ChangeWindow.Since(Cursor, Now);

    [Test]
    public void Window_reaches_back_over_the_cursor_and_ahead_of_our_clock()
    {
        Assert.That(Window.From, Is.EqualTo(Cursor - ChangeWindow.Overlap));
        Assert.That(Window.Holds(Now.AddHours(3)), Is.True, "The CRM's clock may be ahead of ours.");
        Assert.That(Window.Holds(Window.From), Is.True);
        Assert.That(Window.Holds(Window.From.AddSeconds(-1)), Is.False);
    }

    [Test]
    public void Reading_ends_with_the_last_page()
    {
        var reading = Read([5, 4, 3], hasNext: false);

        Assert.That((reading.State, reading.Newest), Is.EqualTo((ChangeReadingState.Done, At(5))));
    }

    [Test]
    public void Unfiltered_list_is_read_until_it_is_older_than_the_window()
    {
        var reading = new ChangeReading(Window).Take(Times(9, 8, 7), true);
        Assert.That(reading.State, Is.EqualTo(ChangeReadingState.Reading));

        Assert.That(reading.Take(Times(3, -1, -400), true).State, Is.EqualTo(ChangeReadingState.Done));
        Assert.That(reading.Take(Times(3, -1, -300), true).State, Is.EqualTo(ChangeReadingState.Reading), "The window's first second may go on on the next page.");
    }

    [Test]
    public void Row_met_again_because_others_joined_at_the_top_keeps_the_order() =>
        Assert.That(new ChangeReading(Window).Take(Times(9, 8, 7), true).Take(Times(7, 6), true).State, Is.EqualTo(ChangeReadingState.Reading));

    [Test]
    public void Cursor_is_of_the_first_page_where_rows_come_in_order()
    {
        // What changed after the first page was shown is newer than its top, and comes with the next reading.
        var reading = new ChangeReading(Window).Take(Times(9, 8), true).Take(Times(8, 7), false);

        Assert.That(reading.Newest, Is.EqualTo(At(9)));
    }

    [Test]
    public void Order_that_is_ignored_does_not_matter_where_the_filter_is_honoured()
    {
        var reading = new ChangeReading(Window).Take(Times(1, 5, 2), true).Take(Times(9, 3), false);

        Assert.That((reading.State, reading.Newest), Is.EqualTo((ChangeReadingState.Done, At(9))));
    }

    [Test]
    public void List_without_filter_and_order_says_nothing()
    {
        Assert.That(Read([1, 5, -100_000], hasNext: true).State, Is.EqualTo(ChangeReadingState.Unusable));
        Assert.That(
            new ChangeReading(Window).Take(Times(5, 4), true).Take(Times(6, -100_000), true).State, Is.EqualTo(ChangeReadingState.Unusable));
    }

    [Test]
    public void Small_account_is_read_whole_whatever_its_order() =>
        Assert.That(Read([-100_000, 5, 1], hasNext: false).State, Is.EqualTo(ChangeReadingState.Done));

    [Test]
    public void Empty_list_leaves_no_newest_change() =>
        Assert.That(Read([], hasNext: false), Has.Property("State").EqualTo(ChangeReadingState.Done).And.Property("Newest").Null);

    [Test]
    public void Cursor_never_goes_back_and_never_beyond_our_clock()
    {
        Assert.That(ChangeWindow.Advance(Cursor, null, Now), Is.EqualTo(Cursor));
        Assert.That(ChangeWindow.Advance(Cursor, Cursor.AddSeconds(-9), Now), Is.EqualTo(Cursor));
        Assert.That(ChangeWindow.Advance(Cursor, Cursor.AddSeconds(9), Now), Is.EqualTo(Cursor.AddSeconds(9)));
        Assert.That(ChangeWindow.Advance(Cursor, Now.AddYears(70), Now), Is.EqualTo(Now), "One lead of the year 2090 would hide all others.");
        Assert.That(ChangeWindow.Advance(Cursor, Cursor.AddSeconds(9), Cursor.AddDays(-1)), Is.EqualTo(Cursor), "Our clock was set back.");
    }

    private static ChangeReading Read(int[] seconds, bool hasNext) => new ChangeReading(Window).Take(Times(seconds), hasNext);

    private static DateTimeOffset At(int seconds) => Cursor.AddSeconds(seconds);

    private static DateTimeOffset[] Times(params int[] seconds) => [.. seconds.Select(At)];
}
