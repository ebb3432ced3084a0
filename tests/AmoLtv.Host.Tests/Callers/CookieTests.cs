using System.Net;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;
using static AmoLtv.Host.Tests.Callers.PageSession;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>Pages opened on their own, and the list of those who may: by real requests to a real server.</summary>
[TestFixture]
public sealed class CookieTests
{
    private HostServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 30 });
        await _server.InstallAsync();
        await _server.RunAsync(RunSteps.Sync);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Code_opens_a_session_whose_cookie_no_script_and_no_other_site_has()
    {
        var code = await CodeAsync();
        using var answer = await ExchangeAsync(code);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();

        Assert.That(cookie, Does.StartWith("amoltv-session=").And.Contain("httponly").And.Contain("secure").And.Contain("samesite=strict").And.Contain("path=/api"));
        Assert.That((await ReadAsync(answer)).GetProperty("antiForgery").GetString(), Is.Not.Empty);
        using var me = await SendAsync(_server, HttpMethod.Get, "api/me", headers: ("Cookie", cookie.Split(';')[0]));
        Assert.That((await ReadAsync(me)).GetProperty("role").GetString(), Is.EqualTo("admin"));
    }

    [Test]
    public async Task Address_of_a_code_keeps_it_from_the_server()
    {
        using var answer = await SendAsync(_server, HttpMethod.Post, "api/sessions/codes", await PageTokenAsync(_server, Admin(_server)));
        var body = await ReadAsync(answer);

        Assert.That(body.GetProperty("url").GetString(), Is.EqualTo("/pages/#code=" + body.GetProperty("code").GetString()));
    }

    [Test]
    public async Task Code_that_was_used_is_refused()
    {
        var code = await CodeAsync();
        using var first = await ExchangeAsync(code);
        using var second = await ExchangeAsync(code);

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Unauthorized)));
        Assert.That(await PageSession.CodeAsync(second), Is.EqualTo("code"));
    }

    [TestCase("")]
    [TestCase("1.x")]
    [TestCase("nonsense")]
    public async Task Code_that_was_never_given_is_refused(string code)
    {
        using var answer = await ExchangeAsync(code);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Code_sent_by_another_page_opens_nothing()
    {
        using var answer = await ExchangeAsync(await CodeAsync(), ("Origin", "https://evil.example.com"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(answer.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task Own_page_is_known_behind_a_proxy_that_does_not_pass_its_name_on()
    {
        using var answer = await ExchangeAsync(await CodeAsync(), ("Host", "upstream"), ("Origin", _server.Address.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Write_with_a_cookie_needs_the_anti_forgery_token()
    {
        var (cookie, antiForgery) = await BeginAsync();
        var body = new { version = 0, viewers = Array.Empty<long>() };
        using var bare = await SendAsync(_server, HttpMethod.Put, "api/access", body: body, headers: ("Cookie", cookie));
        using var wrong = await SendAsync(_server, HttpMethod.Put, "api/access", body: body, headers: [("Cookie", cookie), ("X-AmoLtv-Anti-Forgery", "guess")]);
        using var right = await SendAsync(_server, HttpMethod.Put, "api/access", body: body, headers: [("Cookie", cookie), ("X-AmoLtv-Anti-Forgery", antiForgery)]);

        Assert.That((await PageSession.CodeAsync(bare), await PageSession.CodeAsync(wrong)), Is.EqualTo(("antiForgery", "antiForgery")));
        Assert.That(right.StatusCode, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Anti_forgery_token_of_another_session_is_refused()
    {
        var (cookie, _) = await BeginAsync();
        var (_, others) = await BeginAsync();
        using var answer = await SendAsync(_server, HttpMethod.Delete, "api/sessions/cookie", headers: [("Cookie", cookie), ("X-AmoLtv-Anti-Forgery", others)]);

        Assert.That(await PageSession.CodeAsync(answer), Is.EqualTo("antiForgery"));
    }

    [TestCase("api/me")]
    [TestCase("api/sessions/cookie")]
    public async Task Read_that_shows_the_token_of_another_session_is_refused(string path)
    {
        var (cookie, antiForgery) = await BeginAsync();
        var (_, others) = await BeginAsync();
        using var refused = await SendAsync(_server, HttpMethod.Get, path, headers: [("Cookie", cookie), ("X-AmoLtv-Anti-Forgery", others)]);
        using var own = await SendAsync(_server, HttpMethod.Get, path, headers: [("Cookie", cookie), ("X-AmoLtv-Anti-Forgery", antiForgery)]);

        Assert.That(await PageSession.CodeAsync(refused), Is.EqualTo("antiForgery"));
        Assert.That(own.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Read_that_shows_an_empty_token_is_refused()
    {
        var (cookie, _) = await BeginAsync();
        using var answer = await SendAsync(_server, HttpMethod.Get, "api/me", headers: [("Cookie", cookie), ("X-AmoLtv-Anti-Forgery", "")]);

        Assert.That(await PageSession.CodeAsync(answer), Is.EqualTo("antiForgery"));
    }

    [Test]
    public async Task Session_says_whose_it_is_when_it_begins_and_when_a_page_is_reloaded()
    {
        using var begun = await ExchangeAsync(await CodeAsync());
        using var reloaded = await SendAsync(
            _server, HttpMethod.Get, "api/sessions/cookie", headers: ("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]));

        foreach (var body in new[] { await ReadAsync(begun), await ReadAsync(reloaded) })
        {
            Assert.That(
                (body.GetProperty("account").GetInt64(), body.GetProperty("user").GetInt64()),
                Is.EqualTo((_server.Sandbox.AccountId, Admin(_server).Id)));
        }
    }

    [Test]
    public async Task Reloaded_page_learns_its_anti_forgery_token_again()
    {
        var (cookie, antiForgery) = await BeginAsync();
        using var answer = await SendAsync(_server, HttpMethod.Get, "api/sessions/cookie", headers: ("Cookie", cookie));

        Assert.That((await ReadAsync(answer)).GetProperty("antiForgery").GetString(), Is.EqualTo(antiForgery));
    }

    [Test]
    public async Task Session_that_was_ended_is_refused_and_its_cookie_taken_away()
    {
        var (cookie, antiForgery) = await BeginAsync();
        using var ended = await SendAsync(_server, HttpMethod.Delete, "api/sessions/cookie", headers: [("Cookie", cookie), ("X-AmoLtv-Anti-Forgery", antiForgery)]);
        using var after = await SendAsync(_server, HttpMethod.Get, "api/me", headers: ("Cookie", cookie));

        Assert.That(ended.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await PageSession.CodeAsync(after), Is.EqualTo("session"));
        Assert.That(after.Headers.GetValues("Set-Cookie").Single(), Does.StartWith("amoltv-session=;"));
    }

    [Test]
    public async Task Cookie_makes_no_codes()
    {
        var (cookie, antiForgery) = await BeginAsync();
        using var answer = await SendAsync(_server, HttpMethod.Post, "api/sessions/codes", headers: [("Cookie", cookie), ("X-AmoLtv-Anti-Forgery", antiForgery)]);

        Assert.That(await PageSession.CodeAsync(answer), Is.EqualTo("proof"));
    }

    [Test]
    public async Task Second_of_two_administrators_who_save_at_once_is_told_what_is_now()
    {
        var admin = await PageTokenAsync(_server, Admin(_server));
        using var before = await SendAsync(_server, HttpMethod.Get, "api/access", admin);
        var version = (await ReadAsync(before)).GetProperty("version").GetInt32();
        using var first = await SendAsync(_server, HttpMethod.Put, "api/access", admin, new { version, viewers = new[] { Colleague(_server).Id } });
        using var second = await SendAsync(_server, HttpMethod.Put, "api/access", admin, new { version, viewers = Array.Empty<long>() });
        var problem = await ReadAsync(second);

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Conflict)));
        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("stale"));
        Assert.That(problem.GetProperty("current").GetProperty("version").GetInt32(), Is.EqualTo(version + 1));
        Assert.That(problem.GetProperty("current").GetProperty("changedBy").GetInt64(), Is.EqualTo(Admin(_server).Id));
        var users = problem.GetProperty("current").GetProperty("users").EnumerateArray().ToList();
        Assert.That(users.Single(user => user.GetProperty("id").GetInt64() == Colleague(_server).Id).GetProperty("mayAnalyse").GetBoolean(), Is.True);
        Assert.That(users.Single(user => user.GetProperty("id").GetInt64() == Admin(_server).Id).GetProperty("mayAnalyse").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Nobody_from_outside_the_account_can_be_named()
    {
        var admin = await PageTokenAsync(_server, Admin(_server));
        using var answer = await SendAsync(_server, HttpMethod.Put, "api/access", admin, new { version = 0, viewers = new[] { 999_999_999L } });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private async Task<string> CodeAsync()
    {
        using var answer = await SendAsync(_server, HttpMethod.Post, "api/sessions/codes", await PageTokenAsync(_server, Admin(_server)));
        return (await ReadAsync(answer)).GetProperty("code").GetString()!;
    }

    private Task<HttpResponseMessage> ExchangeAsync(string code, params (string Name, string Value)[] headers) =>
        SendAsync(_server, HttpMethod.Post, "api/sessions/cookie", body: new { code }, headers: headers);

    private async Task<(string Cookie, string AntiForgery)> BeginAsync()
    {
        using var answer = await ExchangeAsync(await CodeAsync());
        return (answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0], (await ReadAsync(answer)).GetProperty("antiForgery").GetString()!);
    }
}
