using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>A server with an analysed account, asked as the pages ask it.</summary>
internal sealed class AnalyticsServer : IAsyncDisposable
{
    private static readonly Lazy<Task<AnalyticsServer>> Shared = new(StartAsync);

    private readonly HostServer _server;
    private string _admin = "";
    private string _member = "";

    private AnalyticsServer(HostServer server) => _server = server;

    /// <summary>A user without admin rights who has clients.</summary>
    public long Member { get; private set; }

    /// <summary>What was answered before the account was analysed.</summary>
    public (HttpStatusCode Status, string Text) Before { get; private set; }

    /// <summary>One for all fixtures that only read: it takes as long to start as all their tests.</summary>
    public static Task<AnalyticsServer> SharedAsync() => Shared.Value;

    public static async Task StopSharedAsync()
    {
        if (Shared.IsValueCreated && Shared.Value.IsCompletedSuccessfully)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    private static async Task<AnalyticsServer> StartAsync()
    {
        var made = new AnalyticsServer(await HostServer.StartAsync(new SandboxOptions { Companies = 60, Leads = 500 }));
        await made._server.InstallAsync();
        await made._server.Services.GetRequiredService<SettingsStore>().ChangeAsync(
            made._server.Account, settings => settings with { Channel = new ChannelSettings { Kind = ChannelKind.Source } }, "test", null, CancellationToken.None);
        await made._server.RunAsync(RunSteps.Sync);
        made._admin = await made.TokenAsync(made._server.Sandbox.State.Users.First(user => user.IsAdmin && user.IsActive).Id);
        using (var answer = await made.AskAsync("overview"))
        {
            made.Before = (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        await made.SpoilAsync();
        return made;
    }

    /// <summary>What an admin meets in practice: cards without an amount, a company or a day, and a company named to do harm.</summary>
    private async Task SpoilAsync()
    {
        await ExecuteAsync(
            """
            update leads set price = null where account_id = @Account and status_id = 142 and lead_id % 11 = 0;
            update leads set company_id = null, main_contact_id = null where account_id = @Account and status_id = 142 and lead_id % 13 = 0;
            update leads set company_id = null where account_id = @Account and status_id = 142 and lead_id % 7 = 0;
            update leads set changed_run = (select max(run_id) + 1 from runs where account_id = @Account) where account_id = @Account;
            update companies set name = '=HYPERLINK("http://evil","x");' || chr(13) || chr(10) || '<img onerror=1>'
            where account_id = @Account and company_id = (select min(company_id) from companies where account_id = @Account);
            """);
        await _server.RunAsync(RunSteps.Recalculate, RunSteps.Analyse);
        var users = _server.Sandbox.State.Users.Where(user => !user.IsAdmin && user.IsActive).Select(user => (long)user.Id).ToArray();
        Member = users[0];
        await ExecuteAsync($"update companies set responsible_user_id = {Member} where account_id = @Account and company_id % 4 = 0");
        await _server.RunAsync(RunSteps.Analyse);
        _member = await TokenAsync((int)Member);
    }

    public Task<JsonElement> GetAsync(string path) => ReadAsync(path, _admin);

    public Task<JsonElement> GetAsMemberAsync(string path) => ReadAsync(path, _member);

    public Task<HttpResponseMessage> AskAsync(string path, string? tag = null) => SendAsync(path, _admin, tag);

    public Task<HttpResponseMessage> AskAsMemberAsync(string path) => SendAsync(path, _member, tag: null);

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, new { Account = _server.Account.Value }))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, new { Account = _server.Account.Value });
    }

    /// <summary>All parts of a list, one after the other.</summary>
    public async Task<List<JsonElement>> WalkAsync(string path, int limit)
    {
        var items = new List<JsonElement>();
        for (string? cursor = null; ;)
        {
            var page = await GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={limit}&cursor={cursor}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
            if (cursor is null)
            {
                return items;
            }
        }
    }

    /// <summary>Rows and value that a list says it has, and those of its parts counted.</summary>
    public async Task<(long Count, decimal Value)> TotalAsync(string path)
    {
        var total = (await GetAsync(path)).GetProperty("total");
        return (total.GetProperty("count").GetInt64(), total.GetProperty("value").GetDecimal());
    }

    private async Task<JsonElement> ReadAsync(string path, string token)
    {
        using var answer = await SendAsync(path, token, tag: null);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string token, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/analytics/" + path);
        request.Headers.Add("X-Auth-Token", token);
        if (tag is not null)
        {
            request.Headers.Add("If-None-Match", tag);
        }

        // The rate that bounds a browser is not what these tests are about.
        var answer = await _server.Http.SendAsync(request);
        while ((int)answer.StatusCode == 429)
        {
            answer.Dispose();
            await Task.Delay(100);
            using var again = new HttpRequestMessage(HttpMethod.Get, "api/analytics/" + path);
            again.Headers.Add("X-Auth-Token", token);
            answer = await _server.Http.SendAsync(again);
        }

        return answer;
    }

    private async Task<string> TokenAsync(long user)
    {
        using var answer = await _server.Crm.PostAsJsonAsync(
            "sandbox/token", new { clientId = SandboxOptions.DefaultIntegration.ClientId, overrides = new { }, userId = user });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
