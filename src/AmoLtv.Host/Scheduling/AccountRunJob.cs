using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Scheduling;

/// <summary>A whole run of one account, as the schedule asks for it.</summary>
public sealed class AccountRunJob(AccountRunner runner)
{
    /// <summary>A command of a person may be busy with the account: its end is worth waiting for, an hour's retry is long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="account">The account.</param>
    /// <param name="cause">One of <see cref="RunCause"/>.</param>
    /// <param name="due">The moment it was set for: a process that dies after the run and before the scheduler heard of it makes the scheduler ask twice. Null: unknown.</param>
    /// <param name="cancellationToken">The service is stopping.</param>
    /// <exception cref="ScheduledRunFailedException">The run failed, or another one held the account all the time.</exception>
    /// <exception cref="OperationCanceledException">The service is stopping.</exception>
    public async Task RunAsync(AccountId account, string cause, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        RunOutcome outcome;
        try
        {
            outcome = await runner.RunAsync(account, new RunRequest(cause, RunSteps.All, null, Patience) { Due = due }, null, cancellationToken);
        }
        catch (AccountHeldException held)
        {
            throw new ScheduledRunFailedException(held.Message, held);
        }

        cancellationToken.ThrowIfCancellationRequested();
        // A person who ended a run does not want it again in an hour.
        if (!outcome.IsFinished && outcome.Status != RunStatus.Cancelled)
        {
            throw new ScheduledRunFailedException(outcome.Error ?? $"Run {outcome.Run} of account {account} ended {outcome.Status}.");
        }
    }
}
