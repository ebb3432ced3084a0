using AmoLtv.Sandbox.Hooks;

namespace AmoLtv.Sandbox.Tests;

/// <summary>The vendor's table of repeated deliveries, section 5.3.</summary>
internal sealed class RetryTableTests
{
    [TestCase(1, 0, 5)]
    [TestCase(1, 99, 5)]
    [TestCase(1, 300, 5)]
    [TestCase(2, 404, 15)]
    [TestCase(3, 499, 15)]
    [TestCase(3, 500, 15)]
    [TestCase(4, 599, 60)]
    public void Next_attempt_follows_after_minutes(int attempt, int status, int minutes) =>
        Assert.That(RetryTable.Next(attempt, status), Is.EqualTo(TimeSpan.FromMinutes(minutes)));

    [TestCase(1, 100)]
    [TestCase(1, 200)]
    [TestCase(1, 299)]
    [TestCase(3, 404)]
    [TestCase(3, 0)]
    [TestCase(4, 404)]
    [TestCase(5, 500)]
    public void No_attempt_follows(int attempt, int status) => Assert.That(RetryTable.Next(attempt, status), Is.Null);
}
