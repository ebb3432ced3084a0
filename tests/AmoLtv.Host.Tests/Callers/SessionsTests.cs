using System.Net;
using System.Net.Http.Json;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Valuing;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using static AmoLtv.Host.Tests.Callers.PageSession;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>Sessions of the pages by real requests to a real server.</summary>
[TestFixture]
public sealed class SessionsTests
{
    private HostServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 30 });
        await _server.InstallAsync();
        await _server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Page_that_got_a_token_learns_who_asks_and_how_the_account_does()
    {
        using var answer = await SendAsync(_server, HttpMethod.Get, "api/me", await PageTokenAsync(_server, Admin(_server)));
        var me = await ReadAsync(answer);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(me.GetProperty("account").GetProperty("id").GetInt64(), Is.EqualTo(_server.Sandbox.AccountId));
        Assert.That(me.GetProperty("account").GetProperty("address").GetString(), Is.EqualTo(OriginOf(_server)));
        Assert.That(me.GetProperty("user").GetProperty("id").GetInt64(), Is.EqualTo(Admin(_server).Id));
        Assert.That(me.GetProperty("role").GetString(), Is.EqualTo("admin"));
        Assert.That(me.GetProperty("basis").GetString(), Is.AnyOf("revenue", "margin"));
        Assert.That(me.GetProperty("asOf").GetString(), Has.Length.EqualTo(10));
        Assert.That(me.GetProperty("connection").GetProperty("isWorking").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Widget_may_ask_for_a_session_from_the_accounts_own_page_alone()
    {
        var token = await WidgetTokenAsync(_server, Admin(_server));
        using var own = await SendAsync(_server, HttpMethod.Post, "api/sessions", headers: [("X-Auth-Token", token), ("Origin", OriginOf(_server))]);
        using var other = await SendAsync(_server, HttpMethod.Post, "api/sessions", headers: [("X-Auth-Token", token), ("Origin", "https://evil.example.com")]);

        Assert.That(own.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo([OriginOf(_server)]));
        Assert.That(own.Headers.CacheControl?.NoStore, Is.True);
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await CodeAsync(other), Is.EqualTo("origin"));
    }

    [TestCase("api/sessions", "POST", true)]
    [TestCase("api/sessions/codes", "POST", true)]
    [TestCase("api/access", "PUT", false)]
    [TestCase("api/me", "GET", true)]
    public async Task Page_of_the_CRM_may_write_only_where_the_widget_does(string path, string method, bool isAllowed)
    {
        using var answer = await SendAsync(
            _server, HttpMethod.Options, path,
            headers: [("Origin", OriginOf(_server)), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "x-auth-token")]);
        var methods = answer.Headers.TryGetValues("Access-Control-Allow-Methods", out var values) ? string.Join(',', values) : "";

        Assert.That(methods.Split(',').Contains(method), Is.EqualTo(isAllowed), methods);
    }

    [Test]
    public async Task Page_token_makes_no_other_page_token()
    {
        using var answer = await SendAsync(_server, HttpMethod.Post, "api/sessions", await PageTokenAsync(_server, Admin(_server)));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await CodeAsync(answer), Is.EqualTo("proof"));
    }

    [Test]
    public async Task Forged_token_is_refused()
    {
        var token = await PageTokenAsync(_server, Admin(_server));

        await RefusedAsync(token[..^2] + (token[^2] == 'A' ? "B" : "A") + token[^1], "token");
        await RefusedAsync(await WidgetTokenAsync(_server, Admin(_server)), "token");
        await RefusedAsync("", "token");
    }

    [Test]
    public async Task Expired_token_is_refused()
    {
        var past = new PageTokens(_server.Services.GetRequiredService<SecretProtector>(), new FixedTime("2020-01-01T00:00:00Z"));
        var (token, _) = past.Issue(new Caller(
            _server.Account, new(Admin(_server).Id), Role.Admin, _server.Sandbox.Address, CallerProof.Widget,
            new CrmVouching(SandboxOptions.DefaultIntegration.ClientId, true, DateTimeOffset.UnixEpoch)));

        await RefusedAsync(token, "token");
    }

    [Test]
    public async Task Token_of_an_account_that_is_not_connected_is_refused()
    {
        var (token, _) = _server.Services.GetRequiredService<PageTokens>().Issue(new Caller(
            new(1), new(Admin(_server).Id), Role.Admin, _server.Sandbox.Address, CallerProof.Widget,
            new CrmVouching(SandboxOptions.DefaultIntegration.ClientId, true, TimeProvider.System.GetUtcNow())));

        using var answer = await SendAsync(_server, HttpMethod.Get, "api/me", token);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await CodeAsync(answer), Is.EqualTo("unknownAccount"));
    }

    [TestCase("Origin", "https://evil.example.com")]
    [TestCase("Sec-Fetch-Site", "cross-site")]
    [TestCase("Sec-Fetch-Site", "same-site")]
    public async Task Token_shown_by_another_page_is_refused(string header, string value)
    {
        using var answer = await SendAsync(_server, HttpMethod.Get, "api/me", await PageTokenAsync(_server, Admin(_server)), headers: (header, value));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await CodeAsync(answer), Is.EqualTo("origin"));
    }

    [Test]
    public async Task Named_user_is_an_analyst_at_once_and_no_more_once_the_name_is_taken_back()
    {
        var admin = await PageTokenAsync(_server, Admin(_server));
        var user = Colleague(_server);
        await NameAsync(admin, user.Id);
        var token = await PageTokenAsync(_server, user);
        var named = await RoleAsync(token);
        await NameAsync(admin);

        Assert.That((named, await RoleAsync(token)), Is.EqualTo(("analyst", "member")));
    }

    [Test]
    public async Task Token_never_gives_more_than_it_was_made_for()
    {
        var admin = await PageTokenAsync(_server, Admin(_server));
        var token = await PageTokenAsync(_server, Colleague(_server));
        await NameAsync(admin, Colleague(_server).Id);
        var role = await RoleAsync(token);
        await NameAsync(admin);

        Assert.That(role, Is.EqualTo("member"));
    }

    [Test]
    public async Task Administrator_whose_rights_are_gone_by_a_newer_list_is_none_while_the_token_lives()
    {
        var (token, _) = _server.Services.GetRequiredService<PageTokens>().Issue(new Caller(
            _server.Account, new(Colleague(_server).Id), Role.Admin, _server.Sandbox.Address, CallerProof.Widget,
            new CrmVouching(SandboxOptions.DefaultIntegration.ClientId, true, DateTimeOffset.UnixEpoch)));
        using var refused = await SendAsync(_server, HttpMethod.Get, "api/access", token);

        Assert.That(await RoleAsync(token), Is.EqualTo("member"));
        Assert.That(await CodeAsync(refused), Is.EqualTo("notAdmin"));
    }

    /// <summary>The list of users is read first; what fails after it leaves the account older than the list.</summary>
    [Test]
    public async Task Right_that_was_taken_away_ends_with_the_next_list_though_its_sync_fails()
    {
        var colleague = Colleague(_server);
        await using var connection = await _server.Database.OpenConnectionAsync();
        var (token, _) = _server.Services.GetRequiredService<PageTokens>().Issue(new Caller(
            _server.Account, new(colleague.Id), Role.Admin, _server.Sandbox.Address, CallerProof.Widget,
            new CrmVouching(SandboxOptions.DefaultIntegration.ClientId, true, TimeProvider.System.GetUtcNow())));
        Assert.That(await RoleAsync(token), Is.EqualTo("admin"), "The CRM vouched for it after the last list.");
        var synced = await connection.ExecuteScalarAsync<DateTime>("select synced_at from accounts");

        using (var fault = await _server.Crm.PostAsJsonAsync("sandbox/faults", new { path = "/api/v4/leads", kind = "402", count = 1 }))
        {
            fault.EnsureSuccessStatusCode();
        }

        var failed = await _server.Services.GetRequiredService<AccountRunner>().RunAsync(
            _server.Account, new RunRequest(RunCause.Command, [RunSteps.Sync], null, TimeSpan.Zero), null, CancellationToken.None);

        Assert.That((failed.IsFinished, await connection.ExecuteScalarAsync<DateTime>("select synced_at from accounts")), Is.EqualTo((false, synced)));
        Assert.That(await RoleAsync(token), Is.EqualTo("member"));
    }

    [Test]
    public async Task Switched_off_integration_ends_every_session_and_a_lost_connection_none()
    {
        var token = await PageTokenAsync(_server, Admin(_server));
        var widget = await WidgetTokenAsync(_server, Admin(_server));
        await using var connection = await _server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("update grants set status = 'lost', status_reason = 'refused'");
        try
        {
            Assert.That(await RoleAsync(token), Is.EqualTo("admin"), "The page is where an administrator learns what to do.");

            await connection.ExecuteAsync("update grants set suspended_at = now()");
            using var page = await SendAsync(_server, HttpMethod.Get, "api/me", token);
            using var another = await SendAsync(_server, HttpMethod.Post, "api/sessions", headers: ("X-Auth-Token", widget));
            Assert.That((await CodeAsync(page), await CodeAsync(another)), Is.EqualTo(("switchedOff", "switchedOff")));
        }
        finally
        {
            await connection.ExecuteAsync("update grants set status = 'connected', status_reason = null, suspended_at = null");
        }
    }

    private async Task NameAsync(string admin, params long[] viewers)
    {
        using var current = await SendAsync(_server, HttpMethod.Get, "api/access", admin);
        var version = (await ReadAsync(current)).GetProperty("version").GetInt32();
        using var saved = await SendAsync(_server, HttpMethod.Put, "api/access", admin, new { version, viewers });
        Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.OK), await saved.Content.ReadAsStringAsync());
    }

    private async Task<string?> RoleAsync(string token)
    {
        using var answer = await SendAsync(_server, HttpMethod.Get, "api/me", token);
        return (await ReadAsync(answer)).GetProperty("role").GetString();
    }

    private async Task RefusedAsync(string token, string code)
    {
        using var answer = await SendAsync(_server, HttpMethod.Get, "api/me", headers: ("Authorization", "Bearer " + token));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await CodeAsync(answer), Is.EqualTo(code));
    }
}
