using System.Text.Json;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Tests.Crashing;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AmoLtv.Host.Tests.Connecting;

/// <summary>
/// Fifty workers in four processes of the program meet one expired token at the same moment: the grant's row is held by the test until
/// every process waits for it. How often the CRM was asked, the sandbox counts.
/// </summary>
[TestFixture]
[Category("Slow")]
public sealed class ManyProcessesTests
{
    private static readonly int[] Workers = [13, 13, 12, 12];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [TestCase(false, null, 1)]
    [TestCase(true, null, 1)]
    [TestCase(false, "reset", 2)]
    [TestCase(true, "reset", 2)]
    [TestCase(true, "lost", 2)]
    public async Task Token_is_renewed_once_or_asked_for_once_more_where_request_or_answer_is_lost(bool isLenient, string? fault, int refreshes)
    {
        await using var crm = await StartAsync(isLenient);

        var processes = await MeetExpiredTokenAsync(crm, fault);

        Assert.That(await crm.CountAsync("POST /oauth2/access_token"), Is.EqualTo(refreshes));
        Assert.That(processes.Select(process => process.Status), Is.All.Zero, string.Join('\n', processes.Select(process => process.Errors)));
        Assert.That(processes.Select(process => Code(process.Output)), Is.All.EqualTo("connected"));
        await crm.ExecuteAsync("update grants set expires_at = now()");
        var next = await crm.NewProcess().GetRequiredService<TokenKeeper>().GetAsync(crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None);
        Assert.That(next.Value, Is.Not.Empty, "The pair that was stored is not the one the CRM goes by.");
    }

    [Test]
    public async Task Answer_lost_where_a_token_works_once_is_a_lost_connection_within_a_minute_with_the_next_step()
    {
        await using var crm = await StartAsync(isLenient: false);

        var processes = await MeetExpiredTokenAsync(crm, "lost");

        Assert.That(await crm.CountAsync("POST /oauth2/access_token"), Is.EqualTo(2));
        Assert.That(processes.Select(process => process.Elapsed), Is.All.LessThan(TimeSpan.FromMinutes(1)));
        Assert.That(processes.Select(process => process.Status), Is.All.EqualTo(1));
        Assert.That(processes.Select(process => Code(process.Output)), Is.All.EqualTo("lost"));
        Assert.That(processes[0].Output, Does.Contain("install the integration again").And.Contain("Снова установите интеграцию"));

        var services = crm.NewProcess();
        await crm.ConnectAsync(services, userId: null);
        var client = await services.GetRequiredService<CrmConnections>().OpenAsync(crm.Account, CancellationToken.None);
        Assert.That((await client.GetAccountAsync(CancellationToken.None)).Id, Is.EqualTo(crm.Account));
        Assert.That(await crm.ScalarAsync<bool>("select resumed_at is not null from account_connections"), Is.True, "A run is due at once.");
    }

    private static Task<ConnectedSandbox> StartAsync(bool isLenient) =>
        ConnectedSandbox.StartAsync(options => options with { LenientRefresh = isLenient, Rate = 1000 });

    private static async Task<(int Status, string Output, string Errors, TimeSpan Elapsed)[]> MeetExpiredTokenAsync(ConnectedSandbox crm, string? fault)
    {
        await crm.ConnectQuietlyAsync();
        await crm.ExecuteAsync("update grants set expires_at = now()");
        await crm.ControlAsync(HttpMethod.Delete, "statistics");
        if (fault is not null)
        {
            await crm.FailAsync("/oauth2/access_token", fault);
        }

        await using var holder = await crm.Database.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("select from grants for update", transaction: held);
        var environment = crm.EnvironmentOf();
        var running = Workers.Select(workers => ServiceProcess.RunAsync(
            environment, "accounts", "check", "--json", "--workers", workers.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToList();
        await Eventually.IsTrueAsync(() => AllWaitAsync(crm.Database), Patience, () => "Not every process came to wait for the grant.");
        var released = TimeProvider.System.GetTimestamp();
        await held.CommitAsync();

        return await Task.WhenAll(running.Select(async process =>
        {
            var (status, output, errors) = await process;
            return (status, output, errors, TimeProvider.System.GetElapsedTime(released));
        }));
    }

    private static async Task<bool> AllWaitAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == Workers.Length;
    }

    private static string? Code(string output) =>
        JsonDocument.Parse(output.Trim().Split('\n')[^1]).RootElement.GetProperty("accounts")[0].GetProperty("connection").GetProperty("code").GetString();
}
