using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Syncing;

namespace AmoLtv.Core.Tests.Syncing;

[TestFixture]
public sealed class EventWindowTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);
    private static readonly StageKey Shipped = new(new PipelineId(1), new StatusId(100));
    private static readonly StageKey Paid = new(new PipelineId(1), new StatusId(101));

    [Test]
    public void Default_settings_need_no_events() => Assert.That(EventWindow.Stages(new AccountSettings()), Is.Empty);

    [Test]
    public void Counted_stages_and_credit_notes_need_events_won_and_lost_do_not()
    {
        var settings = new AccountSettings
        {
            WonStages = new WonStageSettings { ExtraStages = [Shipped, new StageKey(new PipelineId(2), new StatusId(142))] },
            Returns =
            [
                new ReturnStage(Paid, ReturnKind.CreditNote),
                new ReturnStage(new StageKey(new PipelineId(1), new StatusId(102)), ReturnKind.Reversal),
                new ReturnStage(new StageKey(new PipelineId(1), new StatusId(143)), ReturnKind.CreditNote),
            ],
        };

        Assert.That(EventWindow.Stages(settings), Is.EquivalentTo([Shipped, Paid]));
    }

    [Test]
    public void Nothing_is_read_where_no_stage_needs_it() =>
        Assert.That(EventWindow.For(new HashSet<StageKey>(), ReadUntil((Shipped, Now)), Now), Is.Null);

    [Test]
    public void Stage_not_read_to_the_end_is_read_from_the_beginning() =>
        Assert.That(EventWindow.For(Set(Shipped, Paid), ReadUntil((Shipped, Now.AddDays(-1))), Now)!.From, Is.EqualTo(DateTimeOffset.UnixEpoch));

    [Test]
    public void Stages_read_to_the_end_are_read_on_with_an_overlap() =>
        Assert.That(
            EventWindow.For(Set(Shipped), ReadUntil((Shipped, Now.AddDays(-1)), (Paid, Now.AddDays(-9))), Now),
            Is.EqualTo(new EventWindow(Now.AddDays(-3), Now)));

    [Test]
    public void Stage_read_least_far_decides_where_reading_goes_on() =>
        Assert.That(
            EventWindow.For(Set(Shipped, Paid), ReadUntil((Shipped, Now.AddDays(-1)), (Paid, Now.AddDays(-9))), Now)!.From,
            Is.EqualTo(Now.AddDays(-11)));

    [Test]
    public void Losses_are_first_read_a_year_back_and_then_on_with_an_overlap()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(EventWindow.ForLosses(null, Now), Is.EqualTo(new EventWindow(Now.AddMonths(-12), Now)));
            Assert.That(EventWindow.ForLosses(Now.AddDays(-1), Now), Is.EqualTo(new EventWindow(Now.AddDays(-3), Now)));
            Assert.That(EventWindow.ForLosses(Now.AddYears(-3), Now), Is.EqualTo(new EventWindow(Now.AddMonths(-12), Now)));
        }
    }

    private static HashSet<StageKey> Set(params StageKey[] stages) => [.. stages];

    private static Dictionary<StageKey, DateTimeOffset> ReadUntil(params (StageKey Stage, DateTimeOffset Moment)[] cursors) =>
        cursors.ToDictionary(cursor => cursor.Stage, cursor => cursor.Moment);
}
