using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Webhooks;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AmoLtv.Soak;

/// <summary>
/// One process of the service as the CRM and the database see it, in this one. <see cref="KillAsync"/> is a SIGKILL to both: every
/// database connection ends, no request leaves any more, and what code still runs here reaches nothing.
/// </summary>
internal sealed class WorkingProcess : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SoakDatabases _databases;

    private WorkingProcess(WebApplication app, SoakDatabases databases, Wire wire) => (_app, _databases, Wire) = (app, databases, wire);

    public Wire Wire { get; }

    public IServiceProvider Services => _app.Services;

    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    private string ApplicationName => new NpgsqlConnectionStringBuilder(Database.ConnectionString).ApplicationName!;

    /// <param name="settings">Configuration of the service.</param>
    /// <param name="address">Where it listens; null: its endpoints are not open.</param>
    public static async Task<WorkingProcess> StartAsync(
        SoakDatabases databases, IReadOnlyDictionary<string, string?> settings, TimeProvider time, Uri? address, CancellationToken cancellationToken)
    {
        var wire = new Wire();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address?.ToString() ?? "http://127.0.0.1:0");
        builder.AddAmoLtv();
        builder.Services.AddSingleton(time);
        builder.Services.AddHttpClient(CrmHttp.HandlerName).AddHttpMessageHandler(() => new WireHandler(wire));
        var app = builder.Build();
        app.UseRateLimiter();
        app.MapInstalling();
        app.MapWebhooks();
        if (address is not null)
        {
            await app.StartAsync(cancellationToken);
        }

        return new WorkingProcess(app, databases, wire);
    }

    /// <summary>Whether no grant works: an installation waits for its exchange.</summary>
    public async Task<bool> IsWaitingForGrantAsync()
    {
        await using var connection = await Database.OpenConnectionAsync();
        return !await connection.ExecuteScalarAsync<bool>("select exists (select from grants where status = 'connected')");
    }

    /// <summary>Every recurring job once, as the scheduler does; one that fails is for the next time.</summary>
    /// <returns>What failed.</returns>
    public async Task<IReadOnlyList<string>> RunJobsAsync(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var job in Services.GetServices<IRecurringJob>())
        {
            try
            {
                await job.RunAsync(cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add($"{job.Name}: {failure.GetType().Name}: {failure.Message}");
            }
        }

        return failures;
    }

    /// <summary>Nothing of the process reaches the CRM or the database afterwards.</summary>
    public async Task KillAsync()
    {
        Wire.Cut();
        // No new connection can be opened; those that are open end.
        var name = ApplicationName;
        await Database.DisposeAsync();
        await _databases.EndConnectionsAsync(name);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        catch (Exception failure) when (failure is NpgsqlException or ObjectDisposedException or OperationCanceledException or AggregateException)
        {
            // What is left of a killed process fails at everything it touches.
        }
    }
}
