using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Database;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AmoLtv.Benchmarks;

/// <summary>A service with a PostgreSQL of its own, installed in a sandbox; its nights are begun by the measurement alone.</summary>
internal sealed class MeasuredService : IAsyncDisposable
{
    private const string Address = "http://127.0.0.1:18461";

    private readonly MeasuredServer _postgres;
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private MeasuredService(MeasuredServer postgres, SandboxServer crm, WebApplication app, HttpClient http) =>
        (_postgres, Crm, _app, _http) = (postgres, crm, app, http);

    public SandboxServer Crm { get; }

    public AccountId Account => new(Crm.AccountId);

    public string ConnectionString => _postgres.ConnectionString;

    public IServiceProvider Services => _app.Services;

    /// <summary>The sandbox's levers.</summary>
    public HttpClient Http => _http;

    /// <param name="options">What the sandbox holds and permits; a hurried one hurries the service too.</param>
    public static async Task<MeasuredService> StartAsync(SandboxOptions options)
    {
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Development");
        var postgres = MeasuredServer.Start();
        var integration = SandboxOptions.DefaultIntegration with { RedirectUri = Address + "/oauth/callback" };
        var crm = await SandboxServer.StartAsync(options with { Integrations = [integration] });
        var app = Build(postgres.ConnectionString, crm, integration);
        await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        await app.StartAsync();
        var service = new MeasuredService(postgres, crm, app, new HttpClient { BaseAddress = crm.Address, Timeout = TimeSpan.FromMinutes(5) });
        await service.InstallAsync(integration);
        return service;
    }

    public Task<RunOutcome> RunAsync(params string[] steps) => RunAsync(new RunRequest(RunCause.Command, steps, null, TimeSpan.FromMinutes(1)));

    public async Task<RunOutcome> RunAsync(RunRequest request)
    {
        var outcome = await Services.GetRequiredService<AccountRunner>().RunAsync(Account, request, null, CancellationToken.None);
        return outcome.IsComplete ? outcome : throw new InvalidOperationException(outcome.Error);
    }

    /// <summary>The sandbox's statistics since the last call.</summary>
    public async Task<JsonElement> TakeStatisticsAsync()
    {
        var statistics = await _http.GetFromJsonAsync<JsonElement>("sandbox/statistics");
        using var reset = await _http.DeleteAsync("sandbox/statistics");
        reset.EnsureSuccessStatusCode();
        return statistics;
    }

    /// <summary>Requests since the last call.</summary>
    public async Task<int> TakeRequestsAsync() => (await TakeStatisticsAsync()).GetProperty("requests").GetInt32();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Crm.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private static WebApplication Build(string connectionString, SandboxServer crm, SandboxIntegration integration) =>
        ServeCommand.Build(Address, builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:ConnectionString"] = connectionString,
                ["Integrations:0:ClientId"] = integration.ClientId,
                ["Integrations:0:ClientSecret"] = integration.Secret,
                ["Integrations:0:RedirectUri"] = integration.RedirectUri,
                ["Crm:ExtraHosts:0"] = crm.Address.Authority,
                ["Crm:SandboxClock"] = crm.State.Clock.Scale > 1 ? crm.Address.ToString() : null,
                ["Crm:TimeoutSeconds"] = "120",
                ["Keys:Folder"] = Path.Combine(Path.GetTempPath(), "amoltv-bench-keys"),
                ["Scheduling:RunWhenConnected"] = "false",
                ["Scheduling:ReconcileSeconds"] = "3600",
                ["Webhooks:FollowChanges"] = "false",
                ["Notices:CheckSeconds"] = "3600",
            });
            builder.Logging.ClearProviders();
        });

    private async Task InstallAsync(SandboxIntegration integration)
    {
        using var answer = await _http.PostAsJsonAsync("sandbox/install", new { clientId = integration.ClientId });
        answer.EnsureSuccessStatusCode();
        while ((await Services.GetRequiredService<RunStore>().ListAccountsAsync(CancellationToken.None)).Count == 0)
        {
            await Task.Delay(100);
        }
    }
}
