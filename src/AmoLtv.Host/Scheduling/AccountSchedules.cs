using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Quartz;

namespace AmoLtv.Host.Scheduling;

/// <summary>
/// Jobs and triggers of accounts in the clustered store. One durable job an account, its data the account's number
/// alone; one trigger for its next night, and one for each run asked for at once.
/// </summary>
public sealed partial class AccountSchedules(ISchedulerFactory schedulers, TimeProvider time, ILogger<AccountSchedules> logger)
{
    internal const string AccountKey = "account";
    internal const string CauseKey = "cause";

    private const string JobGroup = "accounts";
    private const string NightGroup = "nights";
    private const string NowGroup = "now";

    /// <summary>A failed run is tried again by the hour; the next night comes soon enough after that.</summary>
    private static readonly RetryPolicy Retries = RetryPolicy.Fixed(3, TimeSpan.FromHours(1));

    /// <summary>Accounts that have a job.</summary>
    public async Task<IReadOnlySet<AccountId>> ListAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var keys = await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(JobGroup), cancellationToken);
        return keys.Select(key => new AccountId(long.Parse(key.Name, CultureInfo.InvariantCulture))).ToHashSet();
    }

    public async Task AddAsync(AccountId account, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var job = JobBuilder.Create<AccountRunQuartzJob>()
            .WithIdentity(Job(account))
            .WithDescription($"Sync, recalculate and write back account {account}.")
            .UsingJobData(AccountKey, account.ToString())
            .StoreDurably()
            .RequestRecovery()
            .Build();
        await scheduler.AddJob(job, AddJobOptions.Replacing, cancellationToken);
        Log.Added(logger, account);
    }

    public async Task RemoveAsync(AccountId account, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.DeleteJob(Job(account), cancellationToken);
        Log.Removed(logger, account);
    }

    /// <summary>
    /// Sees to it that the account's next night is at this moment. A night that is due, missed or being tried again is
    /// left alone: it comes first, and the one after it is set when it is over. One that the store gave up is set again:
    /// at once where it was due.
    /// </summary>
    public async Task SetNightAsync(AccountId account, DateTimeOffset night, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var key = new TriggerKey(account.ToString(), NightGroup);
        var existing = await scheduler.GetTrigger(key, cancellationToken);
        var isDue = existing is not null && existing.StartTimeUtc <= time.GetUtcNow();
        var isGivenUp = existing is not null && await IsGivenUpAsync(scheduler, key, cancellationToken);
        if (!isGivenUp && (isDue || existing?.StartTimeUtc == night))
        {
            return;
        }

        var at = isDue ? time.GetUtcNow() : night;
        await scheduler.ScheduleJob(Trigger(account, key, RunCause.Night, at), ScheduleJobOptions.Replacing, cancellationToken);
        if (isGivenUp)
        {
            Log.SetAgain(logger, account);
        }

        Log.NightSet(logger, account, at);
    }

    /// <summary>Runs the account as soon as a process is free; asked twice before that, it runs once.</summary>
    /// <param name="account">The account, which has a job.</param>
    /// <param name="cause">One of <see cref="RunCause"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task RunNowAsync(AccountId account, string cause, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var key = new TriggerKey(account.ToString(), NowGroup);
        var conflict = await IsGivenUpAsync(scheduler, key, cancellationToken) ? TriggerConflict.Replace : TriggerConflict.Keep;
        await scheduler.ScheduleTrigger(Trigger(account, key, cause, time.GetUtcNow()), conflict, cancellationToken);
    }

    /// <summary>Whether a run asked for at once waits, is under way, or is to be tried again.</summary>
    public async Task<bool> IsAskedAsync(AccountId account, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var key = new TriggerKey(account.ToString(), NowGroup);
        return await scheduler.GetTrigger(key, cancellationToken) is not null && !await IsGivenUpAsync(scheduler, key, cancellationToken);
    }

    /// <summary>The store stops a trigger whose job it cannot make, of a class that was renamed for one, and never starts it again by itself.</summary>
    private static async Task<bool> IsGivenUpAsync(IScheduler scheduler, TriggerKey key, CancellationToken cancellationToken) =>
        await scheduler.GetTriggerState(key, cancellationToken) == TriggerState.Error;

    private ITrigger Trigger(AccountId account, TriggerKey key, string cause, DateTimeOffset at) =>
        TriggerBuilder.Create(time)
            .WithIdentity(key)
            .ForJob(Job(account))
            .UsingJobData(CauseKey, cause)
            .StartAt(at)
            // A night missed while no process ran is caught up, once, as soon as one runs.
            .WithSchedule(SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .WithRetryPolicy(Retries)
            .Build();

    private static JobKey Job(AccountId account) => new(account.ToString(), JobGroup);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {Account} is scheduled.")]
        public static partial void Added(ILogger logger, AccountId account);

        [LoggerMessage(2, LogLevel.Information, "Account {Account} is no longer scheduled: it has no connection.")]
        public static partial void Removed(ILogger logger, AccountId account);

        [LoggerMessage(3, LogLevel.Information, "The next night of account {Account} is at {Night:u}.")]
        public static partial void NightSet(ILogger logger, AccountId account, DateTimeOffset night);

        [LoggerMessage(4, LogLevel.Warning, "The night of account {Account} had been given up by the scheduler; it is set again.")]
        public static partial void SetAgain(ILogger logger, AccountId account);
    }
}
