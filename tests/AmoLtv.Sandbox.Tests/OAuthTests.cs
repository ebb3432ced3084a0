using System.Net;
using System.Text;
using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>The token endpoint and the authorize page, from the reference's section 1.</summary>
internal sealed class OAuthTests : SandboxTest
{
    [Test]
    public async Task Redirect_carries_code_referer_client_platform_and_state()
    {
        var (server, caller) = await StartAsync();
        var query = await caller.DecideAsync(Caller.Admin, "allow", "abc+/=");
        Assert.Multiple(() =>
        {
            Assert.That(query["code"], Is.Not.Empty);
            Assert.That(query["referer"], Is.EqualTo(server.Address.Authority));
            Assert.That(query["client_id"], Is.EqualTo(Caller.Integration.ClientId));
            Assert.That(query["platform"], Is.EqualTo("1"));
            Assert.That(query["state"], Is.EqualTo("abc+/="));
            Assert.That(query["from_widget"], Is.Null);
        });
    }

    [Test]
    public async Task Kommo_is_platform_two()
    {
        var (_, caller) = await StartAsync(Still with { Brand = Brand.Kommo });
        Assert.That((await caller.DecideAsync(Caller.Admin, "allow", "s"))["platform"], Is.EqualTo("2"));
    }

    [Test]
    public async Task Refusal_redirects_with_access_denied_and_without_code()
    {
        var (_, caller) = await StartAsync();
        var query = await caller.DecideAsync(Caller.Admin, "deny", "s1");
        Assert.Multiple(() =>
        {
            Assert.That(query["error"], Is.EqualTo("access_denied"));
            Assert.That(query["code"], Is.Null);
            Assert.That(query["state"], Is.EqualTo("s1"));
        });
    }

    [Test]
    public async Task Authorize_page_shows_who_asks_and_both_buttons()
    {
        var (_, caller) = await StartAsync();
        var html = await caller.Http.GetStringAsync($"/oauth?client_id={Caller.Integration.ClientId}&state=%22%3E%3Cscript%3E&mode=popup");
        Assert.That(html, Does.Contain("Разрешить").And.Contain("Отказать").And.Contain("Анна Королёва").And.Not.Contain("\"><script>"));
    }

    [Test]
    public async Task First_grant_is_an_admins_and_later_ones_anybodys()
    {
        var (_, caller) = await StartAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = Caller.Integration.ClientId, ["user_id"] = $"{Caller.Manager}", ["decision"] = "allow" });
        using var early = await caller.Http.PostAsync("/oauth", form);
        Assert.That(early.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await caller.InstallAsync();
        Assert.That((await caller.DecideAsync(Caller.Manager, "allow", "s"))["code"], Is.Not.Empty);
    }

    [Test]
    public async Task Exchange_gives_a_bearer_pair_for_a_day()
    {
        var (_, caller) = await StartAsync();
        var pair = await caller.InstallAsync();
        Assert.Multiple(() =>
        {
            Assert.That(pair.GetProperty("token_type").GetString(), Is.EqualTo("Bearer"));
            Assert.That(pair.GetProperty("expires_in").GetInt32(), Is.EqualTo(86_400));
            Assert.That(pair.GetProperty("server_time").GetInt64(), Is.EqualTo(Now.ToUnixTimeSeconds()).Within(1));
            Assert.That(pair.GetProperty("access_token").GetString()!.Split('.'), Has.Length.EqualTo(3));
            Assert.That(pair.GetProperty("access_token").GetString()!, Has.Length.GreaterThan(255));
            Assert.That(pair.GetProperty("refresh_token").GetString(), Does.StartWith("def50200"));
        });
    }

    [Test]
    public async Task Access_token_names_the_api_domain()
    {
        var (server, caller) = await StartAsync();
        var pair = await caller.InstallAsync();
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(pair.GetProperty("access_token").GetString()!.Split('.')[1]));
        Assert.That(claims.RootElement.GetProperty("api_domain").GetString(), Is.EqualTo(server.Address.Authority));
    }

    [Test]
    public async Task Code_is_good_once()
    {
        var (_, caller) = await StartAsync();
        var code = await caller.AuthorizeAsync(Caller.Admin);
        await caller.ExchangeCodeAsync(code);
        await AssertRefusedAsync(await caller.TokenRequestAsync("authorization_code", "code", code), 400, "Authorization code has been revoked");
    }

    [Test]
    public async Task Code_expires_after_twenty_minutes()
    {
        var (server, caller) = await StartAsync();
        var code = await caller.AuthorizeAsync(Caller.Admin);
        server.State.Clock.Advance(TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(1));
        await AssertRefusedAsync(await caller.TokenRequestAsync("authorization_code", "code", code), 400, "Authorization code has expired");
    }

    [Test]
    public async Task Garbage_code_is_refused()
    {
        var (_, caller) = await StartAsync();
        await AssertRefusedAsync(await caller.TokenRequestAsync("authorization_code", "code", "rubbish"), 400, "Cannot decrypt the authorization code");
    }

    [Test]
    public async Task Wrong_redirect_uri_or_secret_gets_the_generic_refusal()
    {
        var (_, caller) = await StartAsync();
        var code = await caller.AuthorizeAsync(Caller.Admin);
        await AssertRefusedAsync(await caller.TokenRequestAsync("authorization_code", "code", code, Caller.Integration with { RedirectUri = "http://127.0.0.1/other" }), 400, hint: null);
        await AssertRefusedAsync(await caller.TokenRequestAsync("authorization_code", "code", code, Caller.Integration with { Secret = "wrong" }), 400, hint: null);
    }

    [Test]
    public async Task Form_bodies_are_refused()
    {
        var (_, caller) = await StartAsync();
        using var form = new StringContent("grant_type=authorization_code", Encoding.UTF8, "application/x-www-form-urlencoded");
        await AssertRefusedAsync(await caller.Http.PostAsync("/oauth2/access_token", form), 400, hint: null);
    }

    [Test]
    public async Task Refresh_token_works_once_under_the_strict_rule()
    {
        var (_, caller) = await StartAsync();
        var first = (await caller.InstallAsync()).GetProperty("refresh_token").GetString()!;
        using (var renewed = await caller.TokenRequestAsync("refresh_token", "refresh_token", first))
        {
            Assert.That(renewed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        await AssertRefusedAsync(await caller.TokenRequestAsync("refresh_token", "refresh_token", first), 401, "Token has been revoked");
    }

    [Test]
    public async Task Old_refresh_token_works_until_the_new_one_is_used_under_the_lenient_rule()
    {
        var (_, caller) = await StartAsync(Still with { LenientRefresh = true });
        var first = (await caller.InstallAsync()).GetProperty("refresh_token").GetString()!;
        using var lost = await caller.TokenRequestAsync("refresh_token", "refresh_token", first);
        using var again = await caller.TokenRequestAsync("refresh_token", "refresh_token", first);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var second = (await Caller.JsonAsync(again)).GetProperty("refresh_token").GetString()!;
        using (var used = await caller.TokenRequestAsync("refresh_token", "refresh_token", second))
        {
            Assert.That(used.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        await AssertRefusedAsync(await caller.TokenRequestAsync("refresh_token", "refresh_token", first), 401, "Token has been revoked");
    }

    [Test]
    public async Task Refresh_token_dies_after_three_months_of_silence()
    {
        var (server, caller) = await StartAsync();
        var token = (await caller.InstallAsync()).GetProperty("refresh_token").GetString()!;
        server.State.Clock.Advance(TimeSpan.FromDays(93));
        using var answer = await caller.TokenRequestAsync("refresh_token", "refresh_token", token);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Old_access_token_stays_good_after_a_refresh_and_dies_after_a_day()
    {
        var (server, caller) = await StartAsync();
        var pair = await caller.InstallAsync();
        using var renewed = await caller.TokenRequestAsync("refresh_token", "refresh_token", pair.GetProperty("refresh_token").GetString()!);
        using var still = await caller.GetAsync("account");
        server.State.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        using var late = await caller.GetAsync("account");
        Assert.Multiple(() =>
        {
            Assert.That(still.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [Test]
    public async Task Disabled_integration_gets_401_and_no_new_tokens()
    {
        var (_, caller) = await StartAsync();
        var pair = await caller.InstallAsync();
        await caller.ControlAsync("revoke");
        using var answer = await caller.GetAsync("account");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        await AssertRefusedAsync(await caller.TokenRequestAsync("refresh_token", "refresh_token", pair.GetProperty("refresh_token").GetString()!), 401, "Token has been revoked");
    }

    [Test]
    public async Task Current_address_is_told_to_the_holder_of_a_refresh_token()
    {
        var (server, caller) = await StartAsync();
        var pair = await caller.InstallAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/oauth2/account/current/subdomain");
        request.Headers.Add("X-Refresh-Token", pair.GetProperty("refresh_token").GetString());
        using var answer = await caller.Http.SendAsync(request);
        var facts = await Caller.JsonAsync(answer);
        Assert.Multiple(() =>
        {
            Assert.That(facts.GetProperty("id").GetInt64(), Is.EqualTo(server.AccountId));
            Assert.That(facts.GetProperty("domain").GetString(), Is.EqualTo(server.Address.Authority));
        });
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, int status, string? hint)
    {
        using (answer)
        {
            var body = await Caller.JsonAsync(answer);
            Assert.Multiple(() =>
            {
                Assert.That((int)answer.StatusCode, Is.EqualTo(status));
                Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/json"));
                Assert.That(body.TryGetProperty("hint", out var said) ? said.GetString() : null, Is.EqualTo(hint));
                Assert.That(body.GetProperty("status").GetInt32(), Is.EqualTo(status));
            });
        }
    }
}
