using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class RefitRuleTests
{
    [TestCase(5000, 5000, 0, 30, false, RefitReason.NotNeeded, TestName = "Parameters_are_kept_when_nothing_has_changed_however_old_they_are")]
    [TestCase(5000, 5000, 249, 6, false, RefitReason.NotNeeded, TestName = "Parameters_are_kept_when_less_than_a_twentieth_has_changed")]
    [TestCase(5000, 5000, 250, 6, false, RefitReason.ManyChanged, TestName = "Parameters_are_fitted_anew_when_a_twentieth_has_changed")]
    [TestCase(5000, 5000, 1, 7, false, RefitReason.WeekPassed, TestName = "Method_is_chosen_anew_after_a_week_with_any_change")]
    [TestCase(999, 999, 1, 0, false, RefitReason.SmallBaseChanged, TestName = "Small_base_is_fitted_anew_after_any_change")]
    [TestCase(999, 1000, 1, 0, false, RefitReason.SizeCrossed, TestName = "Method_is_chosen_anew_when_the_base_is_no_longer_small")]
    [TestCase(20_000, 20_001, 1, 0, false, RefitReason.SizeCrossed, TestName = "Method_is_chosen_anew_when_the_base_begins_to_be_sampled")]
    [TestCase(12, 9, 3, 0, false, RefitReason.SizeCrossed, TestName = "Base_that_became_too_small_is_looked_at_anew")]
    [TestCase(5000, 5000, 0, 0, true, RefitReason.InputsChanged, TestName = "Method_is_chosen_anew_when_its_inputs_have_changed")]
    public void Decision_is(int learned, int customers, int changed, int days, bool inputs, RefitReason reason)
    {
        var decision = RefitRule.Decide(new BaseChange(learned, customers, changed, days, inputs));

        Assert.That((decision.Reason, decision.IsRefit), Is.EqualTo((reason, reason != RefitReason.NotNeeded)));
    }

    [Test]
    public void Method_is_chosen_when_nothing_was_learned_yet() =>
        Assert.That(RefitRule.Decide(null), Is.EqualTo(new RefitDecision(RefitReason.NoParameters)).And.Property(nameof(RefitDecision.ChoosesAgain)).True);

    [TestCase(RefitReason.ManyChanged)]
    [TestCase(RefitReason.SmallBaseChanged)]
    public void Choice_is_kept_when_only_data_changed(RefitReason reason) => Assert.That(new RefitDecision(reason).ChoosesAgain, Is.False);
}
