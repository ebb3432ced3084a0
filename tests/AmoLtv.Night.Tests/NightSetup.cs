using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using AmoLtv.Host.WritingBack;
using AmoLtv.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AmoLtv.Night;

/// <summary>The evening before: accounts, a database, and what administrators did, who each connected their account and let the service write.</summary>
internal sealed class NightSetup : IAsyncDisposable
{
    private const int AtOnce = 8;

    private readonly string _keys;
    private readonly string? _previous;
    private readonly IReadOnlyDictionary<string, string> _settings;

    private NightSetup(NightTown town, NightDatabase database, string keys, string? previous)
    {
        (Town, Database, _keys, _previous) = (town, database, keys, previous);
        _settings = NightSettings.Of(town, database.ConnectionString, keys);
    }

    public NightTown Town { get; }

    public NightDatabase Database { get; }

    /// <summary>What processes of the service are started with.</summary>
    public IReadOnlyDictionary<string, string> Environment => NightSettings.AsEnvironment(_settings);

    /// <param name="asked">How many accounts, how large.</param>
    /// <param name="cluster">The database server.</param>
    /// <param name="service">Where the service takes installations.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<NightSetup> PrepareAsync(NightArguments asked, PostgresCluster cluster, Uri service, CancellationToken cancellationToken)
    {
        var town = await NightTown.StartAsync(asked, new Uri(service, "oauth/callback").ToString(), cancellationToken);
        var setup = new NightSetup(town, await NightDatabase.CreateAsync(cluster, isEmpty: asked.Previous is not null), Directory.CreateTempSubdirectory("amoltv-night-").FullName, asked.Previous);
        try
        {
            await setup.ConnectAllAsync(service, cancellationToken);
            await setup.EnableAllAsync(cancellationToken);
            town.TurnToEvening();
            return setup;
        }
        catch
        {
            await setup.DisposeAsync();
            throw;
        }
    }

    /// <summary>Each account's run, one after the other in this process, with nothing that could disturb it.</summary>
    public async Task RunAllAsync(CancellationToken cancellationToken)
    {
        await using var parts = BuildParts();
        var runner = parts.Services.GetRequiredService<AccountRunner>();
        foreach (var account in Town.Accounts)
        {
            var outcome = await runner.RunAsync(new AccountId(account.Id), new RunRequest(RunCause.Night, RunSteps.All, null, TimeSpan.Zero), null, cancellationToken);
            if (!outcome.IsComplete)
            {
                throw new InvalidOperationException($"The undisturbed run of account {account.Id} ended {outcome.Status}: {outcome.Error}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Town.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
    }

    private async Task ConnectAllAsync(Uri service, CancellationToken cancellationToken)
    {
        await using var process = await NightProcesses.StartAsync(Environment, [service], _previous, cancellationToken);
        await Parallel.ForEachAsync(Town.Accounts, AtOnceUntil(cancellationToken), async (account, ending) => await Town.InstallAsync(account, ending));
        while (await Database.CountConnectedAsync() < Town.Accounts.Count)
        {
            process.Check();
            await Task.Delay(200, cancellationToken);
        }
    }

    private async Task EnableAllAsync(CancellationToken cancellationToken)
    {
        if (_previous is not null)
        {
            await EnableByCommandAsync(_previous, cancellationToken);
            return;
        }

        await using var parts = BuildParts();
        var enabling = parts.Services.GetRequiredService<WriteBackEnabling>();
        await Parallel.ForEachAsync(Town.Accounts, AtOnceUntil(cancellationToken), async (account, ending) => await enabling.EnableAsync(new AccountId(account.Id), ending));
    }

    /// <summary>By the previous version, which knows its schema.</summary>
    private async Task EnableByCommandAsync(string program, CancellationToken cancellationToken)
    {
        foreach (var account in Town.Accounts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (status, _, errors) = await ServiceProcess.RunFromAsync(program, Environment, "write-back", "--enable", "--yes", "--account", new AccountId(account.Id).ToString());
            if (status != 0)
            {
                throw new InvalidOperationException($"The fields of account {account.Id} could not be made: {errors}");
            }
        }
    }

    private static ParallelOptions AtOnceUntil(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

    /// <summary>The service's parts without its jobs and endpoints.</summary>
    private WebApplication BuildParts()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(_settings!);
        builder.Logging.ClearProviders();
        builder.AddAmoLtv();
        return builder.Build();
    }
}
