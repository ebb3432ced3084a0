using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Tests.Running;

[TestFixture]
public sealed class RestRuleTests
{
    [Test]
    public void Few_ends_in_a_row_are_forgiven([Range(0, RestRule.Forgiven)] int deaths) =>
        Assert.That(RestRule.After(new AccountId(5), deaths), Is.EqualTo(TimeSpan.Zero));

    [TestCase(5, 1)]
    [TestCase(6, 2)]
    [TestCase(7, 4)]
    [TestCase(14, 512)]
    [TestCase(15, 1024)]
    [TestCase(16, 1024)]
    [TestCase(1_000_000, 1024)]
    public void Each_further_end_doubles_the_rest_up_to_a_night(int deaths, double minutes)
    {
        for (var account = 1L; account < 100_000_000_000; account *= 3)
        {
            Assert.That(RestRule.After(new AccountId(account), deaths).TotalMinutes, Is.InRange(minutes * 0.5, minutes * 1.5), $"Account {account}");
        }
    }

    [Test]
    public void Accounts_that_ended_together_begin_apart()
    {
        var rests = Enumerable.Range(28_000_000, 8).Select(account => RestRule.After(new AccountId(account), 9).TotalMinutes).Order().ToList();

        Assert.That(rests.Zip(rests.Skip(1), (earlier, later) => later - earlier).Min(), Is.GreaterThan(0.2), string.Join(", ", rests));
    }
}
