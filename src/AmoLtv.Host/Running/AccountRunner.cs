using System.Collections.Frozen;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;
using Npgsql;

namespace AmoLtv.Host.Running;

/// <summary>Runs the steps of one account under its lease, and keeps what became of them.</summary>
public sealed partial class AccountRunner(
    RunStore runs,
    LeaseStore leases,
    ProcessPresence presence,
    IEnumerable<IRunStep> steps,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly FrozenDictionary<string, IRunStep> _steps = steps.ToFrozenDictionary(step => step.Name);
    private readonly ILogger _logger = loggers.CreateLogger<AccountRunner>();

    /// <summary>
    /// Claims the account and takes the asked steps in order. A step that fails ends the run; the outcome says in
    /// words why. Where the CRM refused a step that later ones do not need, they are taken before the run fails.
    /// Cancelling marks the run cancelled, what was stored stays.
    /// </summary>
    /// <returns>How it ended; where the moment it was due for has been done before, nothing runs and the outcome is that run's.</returns>
    /// <exception cref="AccountHeldException">Another live run still holds the account after the request's patience, or the account rests (<see cref="RestRule"/>).</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the account was claimed.</exception>
    public async Task<RunOutcome> RunAsync(
        AccountId account, RunRequest request, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        var names = RunSteps.Ordered.Where(request.Steps.Contains).ToList();
        using var span = RunTelemetry.BeginRun(account, request.Cause);
        var begun = await ClaimAsync(account, request, names, progress, cancellationToken);
        var run = begun.Run;
        if (begun.Epoch is not { } epoch)
        {
            return Done(account, run, request);
        }

        var began = time.GetTimestamp();
        await using var lease = new AccountLease(account, epoch, leases, presence, loggers.CreateLogger<AccountLease>());
        span?.SetTag(RunTelemetry.RunKey, run.Value);
        using var measured = new MeasuredRun(span, request.Cause, time);
        Log.Began(_logger, account, run, request.Cause);
        var counts = new List<KeyValuePair<string, IReadOnlyDictionary<string, long>>>();
        var context = new RunContext(account, run, epoch, request.AsOf, new Progress<StepProgress>()) { Cause = request.Cause, Undoes = request.Undoes };
        await using var watch = new CancelWatch(runs, context, cancellationToken);
        var end = await TakeStepsAsync(context, names, counts, progress, lease, watch.Asked);
        if (end.Code == FailureCode.Cancelled && cancellationToken.IsCancellationRequested)
        {
            end = end with { Code = FailureCode.Stopped };
        }

        var elapsed = time.GetElapsedTime(began);
        measured.End = end;
        await runs.EndAsync(context, end, time.GetUtcNow(), CancellationToken.None);
        Log.Ended(_logger, account, run, end.Status, elapsed.TotalSeconds);
        return new RunOutcome(account, run, end.Status, end.Error, counts, elapsed);
    }

    private RunOutcome Done(AccountId account, RunId run, RunRequest request)
    {
        Log.DoneBefore(_logger, account, run, request.Due!.Value);
        return new RunOutcome(account, run, RunStatus.Finished, null, [], TimeSpan.Zero);
    }

    private async Task<BegunRun> ClaimAsync(
        AccountId account, RunRequest request, List<string> names, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var holder = await leases.FindHolderAsync(account, cancellationToken);
            if (holder is null && await TryBeginAsync(account, request, names, cancellationToken) is { } begun)
            {
                return begun;
            }

            var waited = TimeProvider.System.GetElapsedTime(began);
            if (waited >= request.Patience)
            {
                throw new AccountHeldException(
                    $"Account {account} is held by {holder?.ToString() ?? "another process"}; waited {waited.TotalSeconds:0} s. " +
                    "Repeat when that run has ended.");
            }

            progress?.Report(new RunProgress(account, RunProgress.Waiting, new StepProgress(
                (long)waited.TotalSeconds, (long)request.Patience.TotalSeconds, $"account {account} is held by {holder}; waiting, seconds")));
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<BegunRun?> TryBeginAsync(
        AccountId account, RunRequest request, List<string> names, CancellationToken cancellationToken)
    {
        try
        {
            var holder = await presence.HolderAsync(cancellationToken);
            return await runs.TryBeginAsync(account, holder, request, names, time.GetUtcNow(), cancellationToken);
        }
        catch (PostgresException locked) when (locked.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await leases.EndTransactionsOfExpiredHolderAsync(account, cancellationToken);
            return null;
        }
    }

    private async Task<RunEnd> TakeStepsAsync(
        RunContext context,
        List<string> names,
        List<KeyValuePair<string, IReadOnlyDictionary<string, long>>> counts,
        IProgress<RunProgress>? progress,
        AccountLease lease,
        CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        string? refused = null;
        RunEnd? failed = null;
        foreach (var name in names)
        {
            try
            {
                await runs.BeginStepAsync(context, name, time.GetUtcNow(), ending.Token);
                var (taken, words) = await TakeStepAsync(context, name, progress, ending.Token);
                counts.Add(new(name, taken));
                refused = words ?? refused;
                await runs.EndStepAsync(context, name, RunStatus.Finished, counts[^1].Value, time.GetUtcNow(), CancellationToken.None);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return await EndAsync(context, name, new RunEnd(RunStatus.Cancelled, "Cancelled.", FailureCode.Cancelled));
            }
            catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
            {
                return await EndAsync(context, name, new RunEnd(RunStatus.Failed, "Another run took the account over.", FailureCode.TakenOver));
            }
            catch (Exception failure)
            {
                // Whatever a step throws ends the run and is told; the process goes on with other accounts.
                var cause = FailureWords.Of(name, failure);
                Log.Failed(_logger, FailureWords.IsExpected(failure) ? null : failure, context.Account, context.Run, cause);
                var ended = await EndAsync(context, name, new RunEnd(RunStatus.Failed, cause, FailureCode.Of(failure)));
                if (RunSteps.IsNeededByLater(name) || failure is not (CrmException or ConnectionLostException))
                {
                    return ended;
                }

                failed ??= ended;
            }
        }

        return failed ?? new RunEnd(RunStatus.Finished, refused, refused is null ? null : FailureCode.Partial);
    }

    private async Task<RunEnd> EndAsync(RunContext context, string step, RunEnd end)
    {
        await runs.EndStepAsync(context, step, end.Status, new Dictionary<string, long>(), time.GetUtcNow(), CancellationToken.None);
        return end;
    }

    /// <returns>What the step counted, and in words what of it was refused.</returns>
    private async Task<(IReadOnlyDictionary<string, long> Counts, string? Refused)> TakeStepAsync(
        RunContext context, string name, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        using var measured = new MeasuredStep(context, name, time);
        using var ended = new CancellationTokenSource();
        var report = new StepReport(
            step => progress?.Report(new RunProgress(context.Account, name, step)),
            (step, token) => SaveProgressAsync(context, name, step, token));
        var saving = report.SaveUntilAsync(ended.Token);
        try
        {
            var counts = await _steps[name].RunAsync(context with { Progress = report }, cancellationToken);
            measured.Outcome = RunStatus.Finished;
            return (counts, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            measured.Outcome = RunStatus.Cancelled;
            throw;
        }
        catch (IncompleteStepException incomplete)
        {
            measured.Outcome = FailureCode.Partial;
            var words = FailureWords.Of(name, incomplete);
            Log.Incomplete(_logger, context.Account, context.Run, words);
            return (incomplete.Counts, words);
        }
        finally
        {
            await ended.CancelAsync();
            await saving;
        }
    }

    private async Task SaveProgressAsync(RunContext context, string name, StepProgress step, CancellationToken cancellationToken)
    {
        try
        {
            await runs.SaveProgressAsync(context, name, step, cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            // Progress is for the eye; the step itself decides whether a failing database ends it.
            Log.ProgressNotSaved(_logger, failure, context.Account, context.Run);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} of account {Account} began, cause {Cause}.")]
        public static partial void Began(ILogger logger, AccountId account, RunId run, string cause);

        [LoggerMessage(2, LogLevel.Information, "Run {Run} of account {Account} ended {Status} after {Seconds:0.0} seconds.")]
        public static partial void Ended(ILogger logger, AccountId account, RunId run, string status, double seconds);

        [LoggerMessage(3, LogLevel.Error, "Run {Run} of account {Account} failed. {Words}")]
        public static partial void Failed(ILogger logger, Exception? failure, AccountId account, RunId run, string words);

        [LoggerMessage(5, LogLevel.Error, "Run {Run} of account {Account} could not do everything. {Words}")]
        public static partial void Incomplete(ILogger logger, AccountId account, RunId run, string words);

        [LoggerMessage(6, LogLevel.Information, "Account {Account} is not run again: run {Run} did what was due at {Due:u}.")]
        public static partial void DoneBefore(ILogger logger, AccountId account, RunId run, DateTimeOffset due);

        [LoggerMessage(4, LogLevel.Warning, "Progress of run {Run} of account {Account} could not be saved.")]
        public static partial void ProgressNotSaved(ILogger logger, Exception failure, AccountId account, RunId run);
    }
}
