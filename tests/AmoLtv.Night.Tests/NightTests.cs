namespace AmoLtv.Night;

/// <summary>A night of twenty accounts over two processes that are killed three times: each account is done once, and right.</summary>
[TestFixture]
[Category("Slow")]
public sealed class NightTests
{
    [Test]
    public async Task Every_account_is_finished_once_and_right_though_processes_are_killed()
    {
        var report = await NightRun.RunAsync(new NightArguments(Accounts: 20, Leads: 200, Processes: 2, Kills: 3), TestContext.Progress.WriteLine, CancellationToken.None);

        Assert.That(report.IsRight, Is.True, report.ToJson() + "\n" + string.Join('\n', report.Remarks));
    }
}
