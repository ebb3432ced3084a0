using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;
using Dapper;

namespace AmoLtv.Host.Tests.Cards;

/// <summary>Who gets no card: each by a real request to a real server, answered by a real sandbox.</summary>
[TestFixture]
public sealed class CardRefusalTests
{
    private HostServer _server = null!;
    private long _company;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 10, Leads = 60 });
        await _server.InstallAsync();
        await _server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        await using var connection = await _server.Database.OpenConnectionAsync();
        _company = await connection.QuerySingleAsync<long>("select min(customer_id) from customer_values where scope = 1");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Card_is_answered_to_a_user_whom_the_CRM_shows_the_company()
    {
        using var answer = await AskAsync(await TokenAsync(), origin: Origin);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo([Origin]));
        Assert.That(answer.Headers.Vary, Does.Contain("Origin"));
        Assert.That(answer.Headers.Contains("Access-Control-Allow-Credentials"), Is.False);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.That(body.RootElement.GetProperty("customer").GetProperty("id").GetInt64(), Is.EqualTo(_company));
        Assert.That(body.RootElement.GetProperty("state").GetString(), Is.EqualTo("valued"));
    }

    [Test]
    public async Task Missing_token_is_refused() => await RefusedAsync(token: null, HttpStatusCode.Unauthorized, "token");

    [Test]
    public async Task Forged_token_is_refused()
    {
        var parts = (await TokenAsync()).Split('.');
        var forged = parts[0] + "." + Encode(Decode(parts[1]).Replace("\"is_admin\":true", "\"is_admin\":false", StringComparison.Ordinal) + " ") + "." + parts[2];

        await RefusedAsync(forged, HttpStatusCode.Unauthorized, "token");
    }

    [Test]
    public async Task Token_without_a_signature_is_refused()
    {
        var payload = (await TokenAsync()).Split('.')[1];

        await RefusedAsync(Encode("""{"alg":"none","typ":"JWT"}""") + "." + payload + ".", HttpStatusCode.Unauthorized, "token");
    }

    [Test]
    public async Task Expired_token_is_refused()
    {
        var hourAgo = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeSeconds();

        await RefusedAsync(
            await TokenAsync(new { iat = hourAgo, nbf = hourAgo, exp = hourAgo + 1800 }), HttpStatusCode.Unauthorized, "token");
    }

    [Test]
    public async Task Token_for_another_audience_is_refused() =>
        await RefusedAsync(await TokenAsync(new { aud = "https://another.example.com" }), HttpStatusCode.Unauthorized, "token");

    [Test]
    public async Task Token_of_an_unknown_integration_is_refused() =>
        await RefusedAsync(
            await TokenAsync(new { client_uuid = "99999999-2222-3333-4444-555555555555" }), HttpStatusCode.Unauthorized, "token");

    [Test]
    public async Task Token_issued_by_another_host_than_the_accounts_is_refused() =>
        await RefusedAsync(await TokenAsync(new { iss = "https://evil.amocrm.ru" }), HttpStatusCode.Unauthorized, "token");

    [Test]
    public async Task Token_of_an_account_that_is_not_connected_is_refused() =>
        await RefusedAsync(await TokenAsync(new { account_id = 1 }), HttpStatusCode.NotFound, "unknownAccount");

    [Test]
    public async Task Company_of_another_account_is_refused() =>
        await RefusedAsync(await TokenAsync(), HttpStatusCode.Forbidden, "noAccess", path: "companies/999999999");

    [Test]
    public async Task Page_of_nobodys_is_refused_even_with_a_valid_token()
    {
        using var answer = await AskAsync(await TokenAsync(), origin: "https://evil.example.com");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await CodeAsync(answer), Is.EqualTo("origin"));
        Assert.That(answer.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
    }

    [Test]
    public async Task Preflight_of_a_known_page_is_allowed_and_of_another_is_not()
    {
        using var known = await PreflightAsync(Origin);
        using var unknown = await PreflightAsync("https://evil.example.com");

        Assert.That(known.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(known.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo([Origin]));
        Assert.That(unknown.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
    }

    [Test]
    public async Task Company_denied_to_the_user_is_refused_to_that_user_alone()
    {
        var users = await _server.Crm.GetFromJsonAsync<JsonElement[]>("sandbox/users");
        var denied = users!.First(user => !user.GetProperty("isAdmin").GetBoolean() && user.GetProperty("isActive").GetBoolean()).GetProperty("id").GetInt64();
        using var done = await _server.Crm.PostAsJsonAsync($"sandbox/users/{denied}/deny", new { entity = "companies", id = _company });
        done.EnsureSuccessStatusCode();

        await RefusedAsync(await TokenAsync(userId: denied), HttpStatusCode.Forbidden, "noAccess");
        using var other = await AskAsync(await TokenAsync());
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Lead_shows_its_company_and_only_to_whom_the_company_is_shown()
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        var (lead, company) = await connection.QueryFirstAsync<(long, long)>(
            "select lead_id, company_id from leads where company_id is not null and company_id <> @_company order by lead_id limit 1", new { _company });
        using var answer = await AskAsync(await TokenAsync(), path: $"leads/{lead}");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.That(body.RootElement.GetProperty("customer").GetProperty("id").GetInt64(), Is.EqualTo(company));

        var users = await _server.Crm.GetFromJsonAsync<JsonElement[]>("sandbox/users");
        var user = users!.Last(known => !known.GetProperty("isAdmin").GetBoolean() && known.GetProperty("isActive").GetBoolean()).GetProperty("id").GetInt64();
        using var done = await _server.Crm.PostAsJsonAsync($"sandbox/users/{user}/deny", new { entity = "companies", id = company });

        await RefusedAsync(await TokenAsync(userId: user), HttpStatusCode.Forbidden, "noAccess", path: $"leads/{lead}");
    }

    [Test]
    public async Task Card_is_refused_on_doubt_when_the_CRM_does_not_answer()
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        var contact = await connection.QuerySingleAsync<long>("select max(contact_id) from contacts");
        using var ordered = await _server.Crm.PostAsJsonAsync("sandbox/faults", new { path = $"/api/v4/contacts/{contact}", kind = "500", count = 50 });
        ordered.EnsureSuccessStatusCode();

        await RefusedAsync(await TokenAsync(), HttpStatusCode.ServiceUnavailable, "crmUnavailable", path: $"contacts/{contact}");
    }

    private string Origin => _server.Sandbox.Address.GetLeftPart(UriPartial.Authority);

    private async Task RefusedAsync(string? token, HttpStatusCode status, string code, string? path = null)
    {
        using var answer = await AskAsync(token, path);

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(await CodeAsync(answer), Is.EqualTo(code));
    }

    private async Task<HttpResponseMessage> AskAsync(string? token, string? path = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/cards/{path ?? $"companies/{_company}"}");
        if (token is not null)
        {
            request.Headers.Add("X-Auth-Token", token);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await _server.Http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> PreflightAsync(string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, $"api/cards/companies/{_company}");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        request.Headers.Add("Access-Control-Request-Headers", "x-auth-token");
        return await _server.Http.SendAsync(request);
    }

    private async Task<string> TokenAsync(object? overrides = null, long? userId = null)
    {
        using var answer = await _server.Crm.PostAsJsonAsync(
            "sandbox/token", new { clientId = SandboxOptions.DefaultIntegration.ClientId, overrides = overrides ?? new { }, userId = userId ?? _server.Sandbox.State.Owner.Id });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("code").GetString();
    }

    private static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
