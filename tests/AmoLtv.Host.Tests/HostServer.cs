using System.Net.Http.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Database;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AmoLtv.Host.Tests;

/// <summary>The real server in this process, on a free port, against a database of its own and a sandbox CRM.</summary>
internal sealed class HostServer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly WebApplication _app;
    private readonly string _keys;
    private bool _isEnded;

    // Read when a builder is made, before a test could say it in another way: keys without a certificate are for trials.
    static HostServer() => Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", Environments.Development);

    private HostServer(WebApplication app, SandboxServer sandbox, Uri address, string keys, IReadOnlyDictionary<string, string?> configuration)
    {
        (_app, Sandbox, Address, _keys, Configuration) = (app, sandbox, address, keys, configuration);
        Http = new HttpClient { BaseAddress = address };
        Crm = new HttpClient { BaseAddress = sandbox.Address };
    }

    public SandboxServer Sandbox { get; }

    public Uri Address { get; }

    /// <summary>Calls to the server under test.</summary>
    public HttpClient Http { get; }

    /// <summary>Calls to the sandbox's control endpoints.</summary>
    public HttpClient Crm { get; }

    /// <summary>By which another process of the same service can be started.</summary>
    public IReadOnlyDictionary<string, string?> Configuration { get; }

    public IServiceProvider Services => _app.Services;

    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    public AccountId Account => new(Sandbox.AccountId);

    /// <summary>Starts both; the integration is not installed yet. Schedules run nothing by themselves.</summary>
    public static async Task<HostServer> StartAsync(SandboxOptions? options = null, params (string Key, string Value)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var integration = SandboxOptions.DefaultIntegration with { RedirectUri = new Uri(address, "oauth/callback").ToString() };
        var sandbox = await SandboxServer.StartAsync((options ?? new SandboxOptions()) with { Integrations = [integration] });
        var keys = Directory.CreateTempSubdirectory("amoltv-keys-").FullName;
        var configuration = new Dictionary<string, string?>
        {
            ["Database:ConnectionString"] = await DatabaseServer.CreateMigratedDatabaseAsync(),
            ["Integrations:0:ClientId"] = integration.ClientId,
            ["Integrations:0:ClientSecret"] = integration.Secret,
            ["Integrations:0:Brand"] = "amocrm",
            ["Integrations:0:RedirectUri"] = integration.RedirectUri,
            ["Crm:ExtraHosts:0"] = sandbox.Address.Authority,
            ["Keys:Folder"] = keys,
            ["Scheduling:RunWhenConnected"] = "false",
            // Whatever hour it is, no night of the account's own begins in the middle of a test.
            ["Scheduling:ReconcileSeconds"] = "3600",
            // Rounds of notices are begun by the tests they are the subject of.
            ["Notices:CheckSeconds"] = "3600",
            ["Webhooks:FollowChanges"] = "false",
        };
        foreach (var (key, value) in HurriedCrm.Settings(sandbox).Concat(settings))
        {
            configuration[key] = value;
        }

        var app = ServeCommand.Build(address.ToString(), builder =>
        {
            builder.Configuration.AddInMemoryCollection(configuration);
            builder.Logging.ClearProviders();
        });
        await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        await app.StartAsync();
        return new HostServer(app, sandbox, address, keys, configuration);
    }

    /// <summary>Installs the integration as the CRM does, and waits until the account is connected.</summary>
    public async Task InstallAsync()
    {
        using var answer = await Crm.PostAsJsonAsync("sandbox/install", new { clientId = SandboxOptions.DefaultIntegration.ClientId });
        answer.EnsureSuccessStatusCode();
        var runs = Services.GetRequiredService<RunStore>();
        var began = TimeProvider.System.GetTimestamp();
        while ((await runs.ListAccountsAsync(CancellationToken.None)).Count == 0)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Deadline)
            {
                Assert.Fail($"The account was not connected in time: {await WaitingGrantAsync()}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Runs steps of the account and expects them to do everything.</summary>
    public async Task<RunOutcome> RunAsync(params string[] steps)
    {
        var outcome = await RunInPartAsync(steps);
        Assert.That(outcome.Error, Is.Null);
        return outcome;
    }

    /// <summary>Runs steps of the account and expects them to finish, whatever part the CRM refused.</summary>
    public async Task<RunOutcome> RunInPartAsync(params string[] steps)
    {
        var request = new RunRequest(RunCause.Command, steps, null, TimeSpan.Zero);
        var outcome = await Services.GetRequiredService<AccountRunner>().RunAsync(Account, request, null, CancellationToken.None);
        Assert.That(outcome.IsFinished, Is.True, outcome.Error);
        return outcome;
    }

    /// <summary>What the install waits for, in the words that the service keeps of it.</summary>
    private async Task<string> WaitingGrantAsync()
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select concat_ws(', ', status, refusal, reason, attempts || ' attempts', 'next at ' || not_before) from pending_grants order by pending_grant_id desc limit 1");
        return await command.ExecuteScalarAsync() as string ?? "the CRM's call did not arrive";
    }

    /// <summary>Polls until something holds; fails after two minutes.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(Deadline), "It did not come true in time.");
            await Task.Delay(50);
        }
    }

    /// <summary>Ends this process of the service; its database, its keys and the CRM stay for others.</summary>
    public async Task EndAsync()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Crm.Dispose();
        await EndAsync();
        await Sandbox.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
    }
}
