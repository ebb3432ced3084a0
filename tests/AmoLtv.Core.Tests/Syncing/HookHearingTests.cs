using AmoLtv.Core.Syncing;

namespace AmoLtv.Core.Tests.Syncing;

[TestFixture]
public sealed class HookHearingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    [TestCase(60, null, true, Description = "no hook ever came")]
    [TestCase(60, 71, true, Description = "the last one came well before")]
    [TestCase(60, 69, false, Description = "clocks may differ by so much")]
    [TestCase(60, 5, false, Description = "one came since: hooks come")]
    [TestCase(29, null, false, Description = "it may still be on its way")]
    [TestCase(30, null, true, Description = "the CRM repeats no longer")]
    public void Change_that_no_hook_told_of_is_unheard(int changedMinutesAgo, int? heardMinutesAgo, bool isUnheard)
    {
        var hearing = new HookHearing(Now.AddDays(-1), heardMinutesAgo is { } minutes ? Now.AddMinutes(-minutes) : null);

        Assert.That(hearing.IsUnheard(Now.AddMinutes(-changedMinutesAgo), Now), Is.EqualTo(isUnheard));
    }

    [Test]
    public void Change_before_the_subscription_was_active_had_not_to_be_told()
    {
        var hearing = new HookHearing(Now.AddHours(-1), null);

        Assert.That(hearing.IsUnheard(Now.AddMinutes(-51), Now), Is.False);
        Assert.That(hearing.IsUnheard(Now.AddMinutes(-50), Now), Is.True);
    }
}
