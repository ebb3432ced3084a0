using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Tasks;

namespace AmoLtv.Core.Tests.Tasks;

[TestFixture]
public sealed class TaskRuleTests
{
    private static readonly string[] Tiers = ["A", "B", "C"];
    private static readonly DateOnly Bought = new(2026, 5, 4);
    private static readonly TaskSettings Settings = new(IsEnabled: true);

    [Test]
    public void Valuable_client_that_begins_to_slip_is_a_reason(
        [Values(LifecycleState.New, LifecycleState.Active)] LifecycleState before,
        [Values(LifecycleState.Slipping, LifecycleState.Dormant)] LifecycleState now) =>
        Assert.That(Keys(State("A", before), State("A", now)), Is.EqualTo(new[] { "slipping:2026-05-04" }));

    [TestCase(LifecycleState.Slipping, LifecycleState.Dormant, Description = "it slipped before")]
    [TestCase(LifecycleState.Active, LifecycleState.Lost, Description = "past being called")]
    [TestCase(LifecycleState.Slipping, LifecycleState.Active, Description = "it came back")]
    public void Other_changes_of_state_are_none(LifecycleState before, LifecycleState now) =>
        Assert.That(Keys(State("A", before), State("A", now)), Is.Empty);

    [Test]
    public void Client_of_a_lower_tier_may_slip_without_a_task() =>
        Assert.That(Keys(State("B", LifecycleState.Active), State("B", LifecycleState.Slipping)), Is.Empty);

    [TestCase("B", "A", TaskKind.TierUp)]
    [TestCase("C", "A", TaskKind.TierUp)]
    [TestCase("A", "B", TaskKind.TierDown)]
    [TestCase("A", "C", TaskKind.TierDown)]
    public void Crossing_the_edge_of_the_valuable_tiers_is_a_reason(string from, string to, TaskKind kind)
    {
        var reason = Reasons(State(from, LifecycleState.Active), State(to, LifecycleState.Active)).Single();

        Assert.That((reason.Kind, reason.From, reason.To, reason.Key), Is.EqualTo((kind, from, to, $"tier:{from}>{to}:2026-05-04")));
    }

    [TestCase("B", "C")]
    [TestCase("C", "B")]
    [TestCase("A", "A")]
    [TestCase(null, "A")]
    [TestCase("Z", "A", Description = "a tier there is no more")]
    public void Crossing_below_it_is_none(string? from, string to) =>
        Assert.That(Keys(State(from, LifecycleState.Active), State(to, LifecycleState.Active)), Is.Empty);

    [Test]
    public void Nobody_crosses_a_tier_while_the_tiers_themselves_change() =>
        Assert.That(TaskRule.Reasons(State("B", LifecycleState.Active), State("A", LifecycleState.Active), Tiers, areTiersComparable: false, Settings), Is.Empty);

    [Test]
    public void Kinds_that_are_not_wanted_are_not_found() =>
        Assert.That(
            TaskRule.Reasons(State("A", LifecycleState.Active), State("B", LifecycleState.Slipping), Tiers, true, Settings with { OnSlipping = false, OnTier = false }),
            Is.Empty);

    [Test]
    public void Same_move_is_the_same_reason_until_the_client_buys_again()
    {
        var first = Reasons(State("A", LifecycleState.Active), State("A", LifecycleState.Slipping)).Single();
        var again = Reasons(State("A", LifecycleState.Active), State("A", LifecycleState.Dormant)).Single();
        var later = TaskRule.Reasons(
            State("A", LifecycleState.Active), State("A", LifecycleState.Slipping) with { LastPurchase = Bought.AddDays(90) }, Tiers, true, Settings).Single();

        Assert.That(again.Key, Is.EqualTo(first.Key));
        Assert.That(later.Key, Is.Not.EqualTo(first.Key));
    }

    [TestCase(0, LifecycleState.Slipping, true)]
    [TestCase(7, LifecycleState.Dormant, true)]
    [TestCase(7.1, LifecycleState.Slipping, false)]
    [TestCase(0, LifecycleState.Active, false)]
    [TestCase(0, LifecycleState.Lost, false)]
    public void Waiting_reason_stands_for_a_week_while_the_client_is_silent(double days, LifecycleState now, bool stands) =>
        Assert.That(TaskRule.Stands(TaskKind.Slipping, "slipping", "slipping:2026-05-04", State("A", now), days), Is.EqualTo(stands));

    [Test]
    public void Waiting_reason_falls_when_the_client_has_bought() =>
        Assert.That(
            TaskRule.Stands(TaskKind.TierDown, "B", "tier:A>B:2026-05-04", State("B", LifecycleState.Active) with { LastPurchase = Bought.AddDays(1) }, 0), Is.False);

    [Test]
    public void Marker_is_the_same_for_the_same_parts_and_stands_in_every_text([Values] TaskKind kind, [Values] bool isEnglish)
    {
        var marker = TaskMarker.Of(1L, 2, "slipping:2026-05-04");
        var text = TaskText.Of(kind, "A", "B", 1234567.4m, "₽", Bought, isEnglish, marker);

        Assert.That(marker, Is.EqualTo(TaskMarker.Of(1L, 2, "slipping:2026-05-04")).And.Not.EqualTo(TaskMarker.Of(1L, 3, "slipping:2026-05-04")));
        Assert.That(TaskMarker.IsIn(text + " (edited)", marker), Is.True);
        Assert.That(text, Does.Contain("1\u00A0234\u00A0567\u00A0₽"));
    }

    private static ClientState State(string? tier, LifecycleState lifecycle) => new(tier, lifecycle, Bought);

    private static IReadOnlyList<TaskReason> Reasons(ClientState before, ClientState now) => TaskRule.Reasons(before, now, Tiers, areTiersComparable: true, Settings);

    private static IEnumerable<string> Keys(ClientState before, ClientState now) => Reasons(before, now).Select(reason => reason.Key);
}
