using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Sandbox.Tests;

/// <summary>The levers under /sandbox: clock, install call, widget tokens, edits of leads.</summary>
internal sealed class ControlTests : SandboxTest
{
    [Test]
    public async Task Clock_is_set_moved_and_scaled()
    {
        var (_, caller) = await StartAsync();
        await caller.ControlAsync("clock", """{"now":"2027-01-01T00:00:00Z"}""");
        var moved = await caller.ControlAsync("clock", """{"advanceSeconds":3600,"scale":2}""");
        Assert.Multiple(() =>
        {
            Assert.That(moved.GetProperty("now").GetDateTimeOffset(), Is.EqualTo(new DateTimeOffset(2027, 1, 1, 1, 0, 0, TimeSpan.Zero)).Within(TimeSpan.FromSeconds(20)));
            Assert.That(moved.GetProperty("scale").GetDouble(), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Install_calls_the_redirect_uri_with_a_code_that_can_be_exchanged()
    {
        var called = new List<string>();
        await using var backend = await BackendAsync(called);
        var redirect = backend.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/oauth/callback";
        var integration = new SandboxIntegration("own", "secret", redirect);
        var (server, caller) = await StartAsync(Still with { Integrations = [integration] });
        var result = await caller.ControlAsync("install", """{"clientId":"own"}""");
        var query = HttpUtility.ParseQueryString(called.Single());
        using var exchanged = await caller.TokenRequestAsync("authorization_code", "code", query["code"]!, integration);
        Assert.Multiple(() =>
        {
            Assert.That(result.GetProperty("status").GetInt32(), Is.EqualTo(204));
            Assert.That(query["from_widget"], Is.EqualTo("1"));
            Assert.That(query["referer"], Is.EqualTo(server.Address.Authority));
            Assert.That(query["client_id"], Is.EqualTo("own"));
            Assert.That(query["platform"], Is.EqualTo("1"));
            Assert.That(query["state"], Is.Null);
            Assert.That(exchanged.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Widget_token_is_signed_by_the_secret_and_names_account_user_and_audience()
    {
        var (server, caller) = await StartAsync();
        var token = (await caller.ControlAsync("token", $$"""{"userId":{{Caller.Manager}}}""")).GetProperty("token").GetString()!;
        var claims = Claims(token);
        Assert.Multiple(() =>
        {
            Assert.That(IsSigned(token), Is.True);
            Assert.That(claims.GetProperty("iss").GetString(), Is.EqualTo(server.Address.GetLeftPart(UriPartial.Authority)));
            Assert.That(claims.GetProperty("aud").GetString(), Is.EqualTo("http://127.0.0.1"));
            Assert.That(claims.GetProperty("account_id").GetInt64(), Is.EqualTo(server.AccountId));
            Assert.That(claims.GetProperty("user_id").GetInt64(), Is.EqualTo(Caller.Manager));
            Assert.That(claims.GetProperty("client_uuid").GetString(), Is.EqualTo(Caller.Integration.ClientId));
            Assert.That(claims.GetProperty("is_admin").GetBoolean(), Is.False);
            Assert.That(claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64(), Is.EqualTo(1800));
        });
    }

    [Test]
    public async Task Widget_token_can_be_forged_to_order()
    {
        var (_, caller) = await StartAsync();
        var changed = (await caller.ControlAsync("token", """{"overrides":{"aud":"https://other.example","is_admin":null},"lifetimeSeconds":-60}""")).GetProperty("token").GetString()!;
        var unsigned = (await caller.ControlAsync("token", """{"algorithm":"none"}""")).GetProperty("token").GetString()!;
        var foreign = (await caller.ControlAsync("token", """{"secret":"another secret"}""")).GetProperty("token").GetString()!;
        Assert.Multiple(() =>
        {
            Assert.That(Claims(changed).GetProperty("aud").GetString(), Is.EqualTo("https://other.example"));
            Assert.That(Claims(changed).TryGetProperty("is_admin", out _), Is.False);
            Assert.That(Claims(changed).GetProperty("exp").GetInt64(), Is.LessThan(Now.ToUnixTimeSeconds()));
            Assert.That(IsSigned(changed), Is.True);
            Assert.That(unsigned, Does.EndWith("."));
            Assert.That(IsSigned(foreign), Is.False);
        });
    }

    [Test]
    public async Task Lead_is_edited_as_a_user_would_company_and_contacts_too()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = server.State.Leads.All[0].Id;
        var contact = server.State.Contacts.All[0].Id;
        await caller.ControlAsync($"leads/{id}", $$"""{"price":9,"company_id":null,"contact_ids":[{{contact}}]}""");
        var lead = await caller.ReadAsync($"leads/{id}?with=contacts");
        Assert.Multiple(() =>
        {
            Assert.That(lead.GetProperty("price").GetInt64(), Is.EqualTo(9));
            Assert.That(lead.GetProperty("_embedded").GetProperty("companies").GetArrayLength(), Is.Zero);
            Assert.That(lead.GetProperty("_embedded").GetProperty("contacts")[0].GetProperty("id").GetInt64(), Is.EqualTo(contact));
            Assert.That(lead.GetProperty("updated_at").GetInt64(), Is.EqualTo(Now.ToUnixTimeSeconds()).Within(1));
        });
    }

    private static async Task<WebApplication> BackendAsync(List<string> called)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/oauth/callback", (HttpContext http) =>
        {
            called.Add(http.Request.QueryString.Value!);
            return Results.NoContent();
        });
        await app.StartAsync();
        return app;
    }

    private static JsonElement Claims(string token)
    {
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
        return claims.RootElement.Clone();
    }

    private static bool IsSigned(string token)
    {
        var parts = token.Split('.');
        var expected = HMACSHA256.HashData(Encoding.ASCII.GetBytes(Caller.Integration.Secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        return System.Buffers.Text.Base64Url.EncodeToString(expected) == parts[2];
    }
}
