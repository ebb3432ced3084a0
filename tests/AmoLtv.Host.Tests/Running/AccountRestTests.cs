using AmoLtv.Host.Running;

namespace AmoLtv.Host.Tests.Running;

/// <summary>An account whose runs end with their process.</summary>
[TestFixture, Category("Slow")]
public sealed class AccountRestTests : AccountFixture
{
    [Test]
    public async Task Account_whose_runs_keep_ending_with_their_process_rests_until_that_is_over_or_a_person_asks()
    {
        await EndWithProcessAsync(RestRule.Forgiven);
        await EndWithProcessAsync(1);
        var night = new RunRequest(RunCause.Night, [RunSteps.Sync], null, TimeSpan.FromMinutes(1));

        await using var next = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync), new StubStep(RunSteps.Recalculate));
        var rest = await Assert.ThrowsAsync<AccountHeldException>(() => next.Runner.RunAsync(Account, night, null, CancellationToken.None));
        Assert.That(rest!.Message, Does.StartWith("Account 77 rests until 20").And.Contain("step sync ended with its process 5 times in a row"));
        Assert.That(await TextAsync("select lease_holder from accounts"), Is.Null, "The account is not given back.");
        Assert.That(await TextAsync("select count(*)::text from runs where status = 'running'"), Is.EqualTo("0"));

        // Another step's success says nothing of the one that kills.
        var recalculation = await next.Runner.RunAsync(Account, new RunRequest(RunCause.Command, [RunSteps.Recalculate], null, TimeSpan.Zero), null, CancellationToken.None);
        Assert.That(recalculation.Status, Is.EqualTo(RunStatus.Finished), "A person is not refused.");
        var epoch = await TextAsync("select epoch::text from accounts");
        await Assert.ThrowsAsync<AccountHeldException>(() => next.Runner.RunAsync(Account, night, null, CancellationToken.None));
        Assert.That(await TextAsync("select epoch::text from accounts"), Is.EqualTo(epoch), "Every look at a resting account writes to it.");
        await EndWithProcessAsync(1, RunCause.Command);
        await Assert.ThrowsAsync<AccountHeldException>(() => next.Runner.RunAsync(Account, night, null, CancellationToken.None));
        Assert.That(await TextAsync("select count(*)::text from runs where status = 'running'"), Is.EqualTo("0"), "What ended while it rested is said to have.");

        await ExecuteAsync("update run_steps set finished_at = finished_at - interval '190 seconds'");
        Assert.That((await next.Runner.RunAsync(Account, night, null, CancellationToken.None)).Status, Is.EqualTo(RunStatus.Finished));
        await EndWithProcessAsync(1);
        Assert.That((await next.Runner.RunAsync(Account, night, null, CancellationToken.None)).Status, Is.EqualTo(RunStatus.Finished), "A finished step is a new beginning.");
    }

    [Test]
    public async Task Process_that_ends_a_few_times_costs_its_accounts_nothing()
    {
        await EndWithProcessAsync(RestRule.Forgiven);
        await using var next = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync));

        var outcome = await next.Runner.RunAsync(Account, new RunRequest(RunCause.Night, [RunSteps.Sync], null, TimeSpan.Zero), null, CancellationToken.None);

        Assert.That(outcome.Status, Is.EqualTo(RunStatus.Finished));
    }

    private async Task EndWithProcessAsync(int times, string cause = RunCause.Night)
    {
        for (var i = 0; i < times; i++)
        {
            await using var process = new RunningProcess(ConnectionString);
            await process.BeginAndStopAsync(Account, cause);
        }
    }
}
