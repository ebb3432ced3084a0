using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.Exchanges;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Pacing;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Tests.Exchanges;

/// <summary>The log of calls: what is in it, who sees it, how long it stays.</summary>
[TestFixture]
public sealed class ExchangesTests
{
    private HostServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 });
        await _server.InstallAsync();
        var crm = await _server.Services.GetRequiredService<CrmConnections>().OpenAsync(_server.Account, CancellationToken.None);
        for (var call = 0; call < 5; call++)
        {
            await crm.GetPipelinesAsync(CancellationToken.None);
        }

        await HostServer.EventuallyAsync(async () => await CountAsync("path = '/api/v4/leads/pipelines'") >= 5);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Log_holds_every_call_with_its_status_and_the_number_the_CRM_gave_it()
    {
        using var answer = await AskAsync(await TokenAsync(isAdmin: true), "?limit=200");
        using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var lines = page.RootElement.GetProperty("items").EnumerateArray().ToList();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var line = lines.First(one => one.GetProperty("path").GetString() == "/api/v4/leads/pipelines");
        Assert.That(line.GetProperty("method").GetString(), Is.EqualTo("GET"));
        Assert.That(line.GetProperty("status").GetInt32(), Is.EqualTo(200));
        Assert.That(line.GetProperty("requestId").GetString(), Has.Length.EqualTo(32));
        Assert.That(line.GetProperty("attempt").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Log_holds_no_token_and_no_code()
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        var all = string.Join('\n', await connection.QueryAsync<string>("select crm_exchanges::text from crm_exchanges"));

        Assert.That(all, Does.Contain("/oauth2/access_token").And.Not.Contain("eyJ").And.Not.Contain("def502").And.Not.Contain("Bearer"));
    }

    [Test]
    public async Task Parts_follow_each_other_without_a_gap()
    {
        var token = await TokenAsync(isAdmin: true);
        var (first, next) = await PartAsync(token, "?limit=2");
        var (second, _) = await PartAsync(token, $"?limit=2&cursor={next}");
        var (both, _) = await PartAsync(token, "?limit=4");

        Assert.That(first.Concat(second), Is.EqualTo(both));
        Assert.That(both, Is.Ordered.Descending);
    }

    [Test]
    public async Task Log_is_for_administrators_alone()
    {
        using var user = await AskAsync(await TokenAsync(isAdmin: false));
        using var nobody = await AskAsync(token: null);

        Assert.That(user.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await user.Content.ReadAsStringAsync(), Does.Contain("notAdmin"));
        Assert.That(nobody.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Days_that_are_over_are_emptied_and_the_others_are_not()
    {
        var now = TimeProvider.System.GetUtcNow();
        var database = await DatabaseServer.CreateMigratedDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database);
        var store = new ExchangeStore(source, new AccountNumbers(source));
        var key = new BudgetKey("client", new Uri("https://acme.amocrm.ru"));
        await store.AddAsync(
            [.. Enumerable.Range(0, 10).Select(days => new CrmExchange(key, now.AddDays(-days), "GET", "/", 200, null, TimeSpan.Zero, null, 1, RequestLane.Batch))],
            CancellationToken.None);

        await store.EmptyAsync(ExchangeDays.Old(now, keepDays: 3), CancellationToken.None);

        await using var connection = await source.OpenConnectionAsync();
        var left = (await connection.QueryAsync<DateTime>("select at from crm_exchanges")).ToList();
        Assert.That(left, Has.Count.EqualTo(4));
        Assert.That(left.Min(), Is.EqualTo(now.AddDays(-3).UtcDateTime).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void Days_kept_and_days_emptied_are_never_the_same_partition([Values(1, 3, ExchangeDays.MostKept)] int keepDays)
    {
        var now = new DateTimeOffset(2026, 5, 1, 23, 59, 59, TimeSpan.Zero);
        var old = ExchangeDays.Old(now, keepDays);

        Assert.That(Enumerable.Range(-keepDays, keepDays + 2).Select(day => ExchangeDays.SlotOf(now.AddDays(day))), Has.None.Matches<int>(slot => old.Contains(slot)));
        Assert.That(old, Has.Count.EqualTo(ExchangeDays.Slots - keepDays - 2).And.Count.Positive, "One that is never emptied grows for ever.");
    }

    [Test]
    public async Task Lines_are_lost_and_counted_where_the_database_does_not_take_them_and_no_call_waits()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Database=none");
        await using var log = new ExchangeLog(
            new ExchangeStore(nowhere, new AccountNumbers(nowhere)), Options.Create(new ExchangeOptions()), TimeProvider.System, NullLogger<ExchangeLog>.Instance);
        var line = new CrmExchange(
            new BudgetKey("client", new Uri("https://acme.amocrm.ru")), TimeProvider.System.GetUtcNow(), "GET", "/", 200, null, TimeSpan.Zero, null, 1, RequestLane.Batch);
        var began = TimeProvider.System.GetTimestamp();
        for (var call = 0; call < 100_000; call++)
        {
            log.Add(line);
        }

        Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(20)));
        await HostServer.EventuallyAsync(() => Task.FromResult(log.Dropped >= 80_000));
    }

    private async Task<(List<long> Ids, string? Next)> PartAsync(string token, string query)
    {
        using var answer = await AskAsync(token, query);
        using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (
            [.. page.RootElement.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("id").GetInt64())],
            page.RootElement.GetProperty("next").GetString());
    }

    private async Task<HttpResponseMessage> AskAsync(string? token, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/operations/exchanges" + query);
        if (token is not null)
        {
            request.Headers.Add("X-Auth-Token", token);
        }

        return await _server.Http.SendAsync(request);
    }

    private async Task<string> TokenAsync(bool isAdmin)
    {
        var user = _server.Sandbox.State.Users.First(one => one.IsAdmin == isAdmin && one.IsActive);
        using var answer = await _server.Crm.PostAsJsonAsync(
            "sandbox/token", new { clientId = SandboxOptions.DefaultIntegration.ClientId, overrides = new { }, userId = user.Id });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private async Task<long> CountAsync(string where)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>($"select count(*) from crm_exchanges where {where}");
    }
}
