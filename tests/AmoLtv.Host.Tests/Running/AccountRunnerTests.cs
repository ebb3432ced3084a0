using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Npgsql;

namespace AmoLtv.Host.Tests.Running;

[TestFixture, Category("Slow")]
public sealed class AccountRunnerTests : AccountFixture
{
    private static readonly RunRequest Everything = new(RunCause.Command, RunSteps.All, null, TimeSpan.Zero);

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Test]
    public async Task Steps_are_taken_in_their_order_whatever_order_they_were_registered_in()
    {
        var taken = new List<string>();
        await using var process = new RunningProcess(
            ConnectionString,
            new StubStep(RunSteps.Analyse, run => taken.Add("analyse")),
            new StubStep(RunSteps.Tasks, run => taken.Add("tasks")),
            new StubStep(RunSteps.WriteBack, run => taken.Add("write-back")),
            new StubStep(RunSteps.Sync, run => taken.Add("sync")),
            new StubStep(RunSteps.Recalculate, run => taken.Add("recalculate")));

        var outcome = await process.Runner.RunAsync(Account, Everything, null, CancellationToken.None);

        Assert.That(taken, Is.EqualTo(RunSteps.All));
        Assert.That(outcome.Status, Is.EqualTo(RunStatus.Finished));
        Assert.That(await StatusAsync(outcome.Run), Is.EqualTo("finished"));
    }

    [Test]
    public async Task Run_fails_in_words_and_takes_no_later_step_when_a_step_fails()
    {
        var taken = new List<string>();
        await using var process = new RunningProcess(
            ConnectionString,
            new StubStep(RunSteps.Sync),
            new StubStep(RunSteps.Recalculate, _ => throw new InvalidOperationException("The currency\nchanged.")),
            new StubStep(RunSteps.WriteBack, _ => taken.Add("write-back")));

        var outcome = await process.Runner.RunAsync(Account, Everything, null, CancellationToken.None);

        Assert.That(outcome.Error, Is.EqualTo("Step recalculate: The currency changed."));
        Assert.That(taken, Is.Empty);
        Assert.That(await StatusAsync(outcome.Run), Is.EqualTo("failed"));
        Assert.That(await TextAsync("select string_agg(step || ' ' || status, ', ' order by started_at) from run_steps"),
            Is.EqualTo("sync finished, recalculate failed"));
        Assert.That(await TextAsync("select lease_holder from accounts"), Is.Null, "The account is not given back.");
    }

    [Test]
    public async Task Run_is_cancelled_when_its_caller_cancels()
    {
        using var cancelling = new CancellationTokenSource();
        await using var process = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync, async (_, token) =>
        {
            await cancelling.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return StubStep.Nothing;
        }));

        var outcome = await process.Runner.RunAsync(Account, Everything, null, cancelling.Token);

        Assert.That(outcome.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(await StatusAsync(outcome.Run), Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task Run_is_cancelled_when_another_process_put_down_that_a_person_wants_it_and_takes_no_later_step()
    {
        var later = new List<string>();
        await using var process = new RunningProcess(
            ConnectionString,
            new StubStep(RunSteps.Sync, async (_, token) =>
            {
                await ExecuteAsync("update runs set cancel_asked_at = now(), cancel_asked_by = 5");
                await Task.Delay(Timeout.Infinite, token);
                return StubStep.Nothing;
            }),
            new StubStep(RunSteps.Recalculate, _ => later.Add("recalculate")));

        var outcome = await process.Runner.RunAsync(Account, Everything, null, CancellationToken.None);

        Assert.That(outcome.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(await TextAsync("select error_code from runs"), Is.EqualTo(FailureCode.Cancelled));
        Assert.That(later, Is.Empty);
    }

    [Test]
    public async Task Run_that_answers_a_request_begins_only_while_the_request_waits()
    {
        await ExecuteAsync("insert into run_requests (account_id, steps, asked_at) values (77, '{sync}', now())");
        var request = long.Parse((await TextAsync("select request_id::text from run_requests"))!, System.Globalization.CultureInfo.InvariantCulture);
        await using var process = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync));
        var asked = new RunRequest(RunCause.Manual, [RunSteps.Sync], null, TimeSpan.Zero) { Request = request, AskedBy = new UserId(5) };

        var outcome = await process.Runner.RunAsync(Account, asked, null, CancellationToken.None);
        await Assert.ThrowsAsync<AccountHeldException>(() => process.Runner.RunAsync(Account, asked, null, CancellationToken.None));

        Assert.That(await TextAsync("select run_id::text || ' ' || status || ' ' || attempts from run_requests"), Is.EqualTo($"{outcome.Run} begun 1"));
        Assert.That(await TextAsync("select string_agg(asked_by::text, ',') from runs"), Is.EqualTo("5"));
    }

    [Test]
    public async Task Second_run_of_an_account_is_refused_while_the_first_lives_and_names_it()
    {
        await using var first = new RunningProcess(ConnectionString);
        await using var second = new RunningProcess(ConnectionString);
        var held = await first.BeginAndStopAsync(Account);

        var refusal = await Assert.ThrowsAsync<AccountHeldException>(
            () => second.Runner.RunAsync(Account, Everything, null, CancellationToken.None));

        Assert.That(refusal!.Message, Does.Contain($"run {held.Run} (night"));
    }

    [Test]
    public async Task Second_run_of_the_same_process_is_refused_too()
    {
        await using var process = new RunningProcess(ConnectionString);
        await process.BeginAndStopAsync(Account);

        await Assert.ThrowsAsync<AccountHeldException>(() => process.Runner.RunAsync(Account, Everything, null, CancellationToken.None));
    }

    [Test]
    public async Task Waiting_run_begins_when_the_first_one_ends()
    {
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        await using var first = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync, async (_, _) =>
        {
            entered.SetResult();
            await leave.Task;
            return StubStep.Nothing;
        }));
        await using var second = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync));
        var sync = new RunRequest(RunCause.Command, [RunSteps.Sync], null, TimeSpan.FromSeconds(30));

        var firstRun = first.Runner.RunAsync(Account, sync, null, CancellationToken.None);
        await entered.Task.WaitAsync(Deadline);
        var waiting = new TaskCompletionSource<string>();
        var secondRun = second.Runner.RunAsync(Account, sync, new Notes(waiting), CancellationToken.None);
        Assert.That(await waiting.Task.WaitAsync(Deadline), Does.Contain("is held by run"));
        leave.SetResult();

        Assert.That((await firstRun).Status, Is.EqualTo(RunStatus.Finished));
        Assert.That((await secondRun).Status, Is.EqualTo(RunStatus.Finished));
    }

    [Test]
    public async Task Account_of_a_dead_process_is_taken_over_at_once_and_its_run_is_interrupted()
    {
        var dead = new RunningProcess(ConnectionString);
        var left = await dead.BeginAndStopAsync(Account);
        await dead.DisposeAsync();
        await using var successor = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync));
        var patient = new RunRequest(RunCause.Command, [RunSteps.Sync], null, TimeSpan.FromSeconds(20));

        var outcome = await successor.Runner.RunAsync(Account, patient, null, CancellationToken.None);

        Assert.That(outcome.Status, Is.EqualTo(RunStatus.Finished));
        Assert.That(await StatusAsync(left.Run), Is.EqualTo("interrupted"));
        Assert.That(await TextAsync($"select status from run_steps where run_id = {left.Run}"), Is.EqualTo("interrupted"));
    }

    [Test]
    public async Task Frozen_holder_is_fenced_once_its_lease_is_over()
    {
        await using var frozen = new RunningProcess(ConnectionString);
        var left = await frozen.BeginAndStopAsync(Account);
        await LetLeaseRunOutAsync();
        await using var successor = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync));

        await successor.Runner.RunAsync(Account, Everything with { Steps = [RunSteps.Sync] }, null, CancellationToken.None);

        await using var connection = await frozen.Database.OpenConnectionAsync();
        await Assert.ThrowsAsync<RunFencedException>(() => RunFence.CheckAsync(connection, null, left, CancellationToken.None));
        Assert.That(await frozen.Leases.RenewAsync(Account, left.Epoch, "1/1", CancellationToken.None), Is.False);
        await frozen.Runs.EndAsync(left, new RunEnd(RunStatus.Finished, null, null), TimeProvider.System.GetUtcNow(), CancellationToken.None);
        Assert.That(await StatusAsync(left.Run), Is.EqualTo("interrupted"), "A fenced run may not change what its successor said of it.");
    }

    [Test]
    public async Task Transaction_of_a_frozen_holder_does_not_keep_its_successor_out()
    {
        await using var frozen = new RunningProcess(ConnectionString);
        var left = await frozen.BeginAndStopAsync(Account);
        await LetLeaseRunOutAsync();
        await using var connection = await frozen.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunFence.CheckAsync(connection, transaction, left, CancellationToken.None);
        await using var successor = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync));
        var patient = new RunRequest(RunCause.Command, [RunSteps.Sync], null, TimeSpan.FromSeconds(30));

        var outcome = await successor.Runner.RunAsync(Account, patient, null, CancellationToken.None);

        Assert.That(outcome.Status, Is.EqualTo(RunStatus.Finished));
        await Assert.ThatAsync(() => transaction.CommitAsync(), Throws.InstanceOf<NpgsqlException>());
    }

    [Test]
    public async Task Lease_is_renewed_beside_a_long_transaction_of_its_run_that_no_claim_passes()
    {
        await using var process = new RunningProcess(ConnectionString);
        var run = await process.BeginAndStopAsync(Account);
        await using var connection = await process.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunFence.CheckAsync(connection, transaction, run, CancellationToken.None);

        var renewed = await process.Leases.RenewAsync(Account, run.Epoch, "1/1", CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That(renewed, Is.True);
        await using var other = await process.Database.OpenConnectionAsync();
        await using var claim = await other.BeginTransactionAsync();
        await Assert.ThatAsync(
            () => LeaseStore.ClaimAsync(claim, Account, "2/2", CancellationToken.None),
            Throws.TypeOf<PostgresException>().With.Property(nameof(PostgresException.SqlState)).EqualTo(PostgresErrorCodes.LockNotAvailable));
    }

    [Test]
    public async Task Run_stops_when_another_one_took_its_account_over()
    {
        var entered = new TaskCompletionSource();
        await using var process = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync, async (_, token) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return StubStep.Nothing;
        }));

        var run = process.Runner.RunAsync(Account, Everything with { Steps = [RunSteps.Sync] }, null, CancellationToken.None);
        await entered.Task.WaitAsync(Deadline);
        await ExecuteAsync("update accounts set epoch = epoch + 1");
        var outcome = await run.WaitAsync(Deadline);

        Assert.That(outcome.Error, Does.Contain("took the account over"));
    }

    [Test]
    public async Task Progress_of_a_step_is_kept_with_its_last_word()
    {
        await using var process = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync, run =>
        {
            for (var lead = 1; lead <= 1000; lead++)
            {
                run.Progress.Report(new StepProgress(lead, 1000, "reading leads"));
            }
        }));

        await process.Runner.RunAsync(Account, Everything with { Steps = [RunSteps.Sync] }, null, CancellationToken.None);

        Assert.That(await TextAsync("select done || ' of ' || total || ' ' || note from run_steps"), Is.EqualTo("1000 of 1000 reading leads"));
    }

    private Task LetLeaseRunOutAsync() => ExecuteAsync("update accounts set lease_expires_at = clock_timestamp() - interval '1 second'");

    private Task<string?> StatusAsync(RunId run) => TextAsync($"select status from runs where run_id = {run}");

    private sealed class Notes(TaskCompletionSource<string> waiting) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Stage == RunProgress.Waiting)
            {
                waiting.TrySetResult(value.Step.Note);
            }
        }
    }
}
