using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using AmoLtv.Host.Scheduling;
using AmoLtv.Host.Tests.Syncing;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace AmoLtv.Host.Tests.Scheduling;

/// <summary>Recurring work is done by one process of the cluster for all, or by every process for the accounts that no other holds.</summary>
[TestFixture, Category("Slow")]
public sealed class RoundsOfProcessTests
{
    private static readonly string[] Shared = ["changes", "whole-syncs"];

    [Test]
    public async Task Round_follows_round_though_one_failed_until_the_process_stops()
    {
        var (shared, single) = (new CountedJob(isOfEveryProcess: true), new CountedJob(isOfEveryProcess: false));
        using var rounds = new RoundsOfProcess([shared, single], NullLogger<RoundsOfProcess>.Instance);
        await rounds.StartAsync(CancellationToken.None);
        await HostServer.EventuallyAsync(() => Task.FromResult(shared.Rounds > 2));

        await rounds.StopAsync(CancellationToken.None);

        var done = shared.Rounds;
        await Task.Delay(10 * shared.Every);
        Assert.That((shared.Rounds, single.Rounds), Is.EqualTo((done, 0)));
    }

    [Test]
    public async Task Work_of_every_process_is_not_kept_for_the_cluster_not_even_by_an_earlier_version()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 1, Leads = 1 });
        var scheduler = await server.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.AddJob(JobBuilder.Create<RecurringQuartzJob>().WithIdentity(Shared[0], "recurring").StoreDurably().Build(), AddJobOptions.Replacing);

        await server.Services.GetServices<IHostedService>().OfType<RecurringStart>().Single().StartAsync(CancellationToken.None);

        await using var connection = await server.Database.OpenConnectionAsync();
        var ofCluster = await connection.QueryAsync<string>("select job_name from qrtz_job_details where job_group = 'recurring'");
        var jobs = server.Services.GetServices<IRecurringJob>().ToLookup(job => job.IsOfEveryProcess, job => job.Name);
        Assert.That(ofCluster, Is.EquivalentTo(jobs[false]));
        Assert.That(jobs[true], Is.EquivalentTo(Shared));
    }

    [Test]
    public async Task Two_processes_follow_one_account_once()
    {
        await using var followed = await FollowedSandbox.StartAsync(options => options with { Companies = 20, Leads = 100 });
        var other = followed.Crm.NewProcess([.. HurriedCrm.Settings(followed.Crm.Server), ("Webhooks:FollowChanges", "true"), ("Webhooks:SettleSeconds", "1")]);
        await using var connection = await followed.Crm.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into change_marks (account_id, entity_type, entity_id, kind, received_at) select account_id, @Lead, min(lead_id), 0, '2020-01-01' from leads group by account_id",
            new { Lead = (short)EntityType.Lead });

        await Task.WhenAll(followed.RoundAsync(Shared[0]), other.GetServices<IRecurringJob>().Single(job => job.Name == Shared[0]).RunAsync(CancellationToken.None));

        Assert.That(await connection.QueryAsync<string>("select distinct status from runs where cause = 'change'"), Is.EqualTo([RunStatus.Finished]));
        Assert.That(await connection.ExecuteScalarAsync<long>("select count(*) from change_marks"), Is.Zero);
    }

    private sealed class CountedJob(bool isOfEveryProcess) : IRecurringJob
    {
        private int _rounds;

        public int Rounds => Volatile.Read(ref _rounds);

        public string Name => "counted";

        public TimeSpan Every => TimeSpan.FromMilliseconds(20);

        public bool IsOfEveryProcess => isOfEveryProcess;

        public Task RunAsync(CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _rounds) == 1 ? throw new InvalidOperationException("A first round that fails.") : Task.CompletedTask;
    }
}
