using AmoLtv.Core.Identity;
using AmoLtv.Host.Database;
using AmoLtv.Host.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Tests.Running;

/// <summary>One process of the service as the database sees it: a pool, a presence, and a runner with steps of the test's.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private readonly ProcessPresence _presence;

    public RunningProcess(string connectionString, params IRunStep[] steps)
    {
        var named = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = $"amoltv-{Guid.NewGuid():N}" };
        Database = NpgsqlDataSource.Create(named.ConnectionString);
        _presence = new ProcessPresence(Database, Options.Create(new DatabaseOptions { ConnectionString = connectionString }));
        Leases = new LeaseStore(Database);
        Runs = new RunStore(Database);
        Runner = new AccountRunner(Runs, Leases, _presence, steps, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public NpgsqlDataSource Database { get; }

    public LeaseStore Leases { get; }

    public RunStore Runs { get; }

    public AccountRunner Runner { get; }

    /// <summary>Begins a run as <see cref="AccountRunner"/> does and leaves it there, as a killed or frozen process would.</summary>
    public async Task<RunContext> BeginAndStopAsync(AccountId account, string cause = RunCause.Night)
    {
        var request = new RunRequest(cause, RunSteps.All, null, TimeSpan.Zero);
        var holder = await _presence.HolderAsync(CancellationToken.None);
        var begun = await Runs.TryBeginAsync(account, holder, request, RunSteps.All, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        Assert.That(begun, Is.Not.Null, "The account was not free.");
        var context = new RunContext(account, begun!.Run, begun.Epoch!.Value, null, new Progress<StepProgress>());
        await Runs.BeginStepAsync(context, RunSteps.Sync, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        return context;
    }

    /// <summary>What PostgreSQL sees when the process dies: every connection goes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _presence.DisposeAsync();
        await Database.DisposeAsync();
    }
}
