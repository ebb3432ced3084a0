using AmoLtv.Host.Installing;

namespace AmoLtv.Host.Tests.Connecting;

[TestFixture]
public sealed class ErasureRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 3, 0, 0, TimeSpan.Zero);

    [TestCase(true, false, true, true)]
    [TestCase(false, false, true, false)]
    [TestCase(true, true, true, false)]
    [TestCase(true, false, false, false)]
    public void Account_is_erased_only_where_it_chose_that_and_its_uninstall_was_confirmed(bool isChosen, bool hasGrant, bool isConfirmed, bool expected) =>
        Assert.That(ErasureRule.At(isChosen, hasGrant, isConfirmed, null, Now), Is.EqualTo(expected ? Now.AddDays(7) : (DateTimeOffset?)null));

    [Test]
    public void Day_once_planned_stays() =>
        Assert.That(ErasureRule.At(true, false, true, Now.AddDays(2), Now), Is.EqualTo(Now.AddDays(2)));

    [Test]
    public void Plan_is_taken_back_when_the_account_is_connected_again_or_changes_its_mind()
    {
        Assert.That(ErasureRule.At(true, true, true, Now.AddDays(2), Now), Is.Null);
        Assert.That(ErasureRule.At(false, false, true, Now.AddDays(2), Now), Is.Null);
    }
}
