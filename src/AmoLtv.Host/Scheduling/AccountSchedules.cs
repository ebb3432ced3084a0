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
    internal const string DueKey = "due";

    private const string JobGroup = "accounts";
    private const string NightGroup = "nights";
    private const string NowGroup = "now";

    /// <summary>A failed run is tried again by the hour; the next night comes soon enough after that.</summary>
    private static readonly RetryPolicy Retries = RetryPolicy.Fixed(3, TimeSpan.FromHours(1));

    /// <summary>What the store holds, in three questions however many accounts there are.</summary>
    public async Task<StoredSchedules> ReadAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var jobs = await scheduler.QueryJobs(new JobQuery { Group = GroupMatcher<JobKey>.GroupEquals(JobGroup), Take = int.MaxValue }, cancellationToken);
        var nights = await TriggersAsync(scheduler, NightGroup, cancellationToken);
        var asked = await TriggersAsync(scheduler, NowGroup, cancellationToken);
        return new StoredSchedules(
            jobs.Items.Select(job => AccountOf(job.Key.Name)).ToHashSet(),
            nights.ToDictionary(
                night => AccountOf(night.Key.Name),
                night => new StoredNight(night.StartTimeUtc, night.ExecutionGroup, night.State == TriggerState.Error)),
            asked.Where(trigger => trigger.State != TriggerState.Error).Select(trigger => AccountOf(trigger.Key.Name)).ToHashSet());
    }

    /// <summary>Jobs stored by an earlier version may name a class that is called otherwise now: those are stored anew.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var jobs = await scheduler.QueryJobs(new JobQuery { Group = GroupMatcher<JobKey>.GroupEquals(JobGroup), Take = int.MaxValue }, cancellationToken);
        foreach (var job in jobs.Items.Where(job => Type.GetType(job.JobTypeName) != typeof(AccountRunQuartzJob)))
        {
            await AddAsync(AccountOf(job.Key.Name), cancellationToken);
        }
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
    /// Sees to it that the account's next night is at this moment, which has passed where a process died just as the night began.
    /// One that the store holds and that is due, missed or being tried again is left alone: it comes first, and the one after
    /// it is set when it is over. One that the store gave up is set again: at once where it was due.
    /// </summary>
    /// <param name="account">The account, which has a job.</param>
    /// <param name="stored">The night the store holds for it; null where there is none.</param>
    /// <param name="night">When the next one is to be.</param>
    /// <param name="group">The lane it is to run in.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task SetNightAsync(AccountId account, StoredNight? stored, DateTimeOffset night, string group, CancellationToken cancellationToken)
    {
        var isDue = stored is not null && stored.At <= time.GetUtcNow();
        if (stored is { IsGivenUp: false } && (isDue || (stored.At == night && stored.Group == group)))
        {
            return;
        }

        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var now = time.GetUtcNow();
        var at = isDue && night > now ? now : night;
        var trigger = Trigger(account, new TriggerKey(account.ToString(), NightGroup), RunCause.Night, at, group);
        await scheduler.ScheduleJob(trigger, ScheduleJobOptions.Replacing, cancellationToken);
        if (stored is { IsGivenUp: true } || night <= now)
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
        var isGivenUp = await scheduler.GetTriggerState(key, cancellationToken) == TriggerState.Error;
        var conflict = isGivenUp ? TriggerConflict.Replace : TriggerConflict.Keep;
        await scheduler.ScheduleTrigger(Trigger(account, key, cause, time.GetUtcNow(), RunGroup.Ordinary), conflict, cancellationToken);
    }

    private static async Task<IReadOnlyList<TriggerHeader>> TriggersAsync(IScheduler scheduler, string group, CancellationToken cancellationToken) =>
        (await scheduler.QueryTriggers(new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(group), Take = int.MaxValue }, cancellationToken)).Items;

    private static AccountId AccountOf(string name) => new(long.Parse(name, CultureInfo.InvariantCulture));

    private ITrigger Trigger(AccountId account, TriggerKey key, string cause, DateTimeOffset at, string group) =>
        TriggerBuilder.Create(time)
            .WithIdentity(key)
            .ForJob(Job(account))
            .WithExecutionGroup(group)
            .UsingJobData(CauseKey, cause)
            // Kept through retries, missed firings and recovery: what is done for this moment is not done for it again.
            .UsingJobData(DueKey, at.ToString("O", CultureInfo.InvariantCulture))
            .StartAt(at)
            // A night missed while no process ran, or while all were busy, is caught up, once, the oldest first; the store's own
            // handling of missed firings would put every waiting one off again each minute.
            .WithSchedule(SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
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

        [LoggerMessage(4, LogLevel.Warning, "The night of account {Account} was not held, the scheduler had given it up or lost it; it is set again.")]
        public static partial void SetAgain(ILogger logger, AccountId account);
    }
}
