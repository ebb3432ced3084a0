using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;

namespace AmoLtv.Host.Tests.Connecting;

/// <summary>Who is told of an account's connection: by real requests to a real server.</summary>
[TestFixture]
public sealed class ConnectionEndpointTests
{
    private HostServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 }.Hurried());
        await _server.InstallAsync();
        await _server.RunAsync(RunSteps.Sync);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Administrator_is_told_the_state_in_both_languages()
    {
        var (status, body) = await AskAsync(await TokenAsync());

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(body.GetProperty("code").GetString(), Is.EqualTo("connected"));
        Assert.That(body.GetProperty("isWorking").GetBoolean(), Is.True);
        Assert.That(body.GetProperty("state").GetProperty("ru").GetProperty("text").GetString(), Is.EqualTo("Аккаунт подключён."));
        Assert.That(body.GetProperty("notices").EnumerateArray().Select(notice => notice.GetProperty("code").GetString()), Is.EqualTo(["filtersMissing", "noticesOnlyInCrm"]));
    }

    [Test]
    public async Task Administrator_whose_token_does_not_say_so_is_known_from_the_list_of_users() =>
        Assert.That((await AskAsync(await TokenAsync(new Dictionary<string, object?> { ["is_admin"] = null }))).Status, Is.EqualTo(HttpStatusCode.OK));

    [Test]
    public async Task Another_user_is_refused()
    {
        var users = await _server.Crm.GetFromJsonAsync<JsonElement>("sandbox/users");
        var other = users.EnumerateArray().First(user => !user.GetProperty("isAdmin").GetBoolean()).GetProperty("id").GetInt64();

        var (status, body) = await AskAsync(await TokenAsync(userId: other));

        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(body.GetProperty("code").GetString(), Is.EqualTo("notAdmin"));
    }

    [TestCase(null)]
    [TestCase("a.b.c")]
    public async Task Who_brings_no_token_of_the_CRM_is_refused(string? token) =>
        Assert.That((await AskAsync(token)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));

    private async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/connection");
        request.Headers.Add("Origin", _server.Sandbox.Address.GetLeftPart(UriPartial.Authority));
        if (token is not null)
        {
            request.Headers.Add("X-Auth-Token", token);
        }

        using var answer = await _server.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task<string> TokenAsync(object? overrides = null, long? userId = null)
    {
        using var answer = await _server.Crm.PostAsJsonAsync("sandbox/token", new { clientId = SandboxOptions.DefaultIntegration.ClientId, overrides, userId });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }
}
