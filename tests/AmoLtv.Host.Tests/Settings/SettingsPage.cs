using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Settings;

/// <summary>A server with a valued account, and its administrator at the settings page.</summary>
internal sealed class SettingsPage(HostServer server, string token) : IAsyncDisposable
{
    public HostServer Server => server;

    public string Admin => server.Sandbox.State.Owner.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<SettingsPage> StartAsync()
    {
        var server = await HostServer.StartAsync(new SandboxOptions { Companies = 30, Leads = 200 });
        await server.InstallAsync();
        await server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        return new SettingsPage(server, await TokenAsync(server, server.Sandbox.State.Owner.Id));
    }

    public async Task ForgetAsync()
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync(
            """
            delete from settings_versions; delete from settings_trail; delete from settings_drafts; delete from lead_exclusions; delete from change_follows;
            delete from task_settings; delete from notice_settings; delete from write_back_settings
            """);
    }

    public async Task<NpgsqlConnection> OpenAsync() => await server.Database.OpenConnectionAsync();

    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, body: null);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    /// <summary>The name of the state that a part of the settings is in.</summary>
    public async Task<string> SeenAsync(string path) => (string)(await GetAsync(path))["seen"]!;

    public Task<JsonNode> PutAsync(string path, object body) => DoneAsync(HttpMethod.Put, path, body);

    public Task<JsonNode> PostAsync(string path, object body) => DoneAsync(HttpMethod.Post, path, body);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? by = null)
    {
        using var request = new HttpRequestMessage(method, "api/settings" + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Auth-Token", by ?? token);
        return await server.Http.SendAsync(request);
    }

    public Task<string> TokenAsync(long userId) => TokenAsync(server, userId);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<JsonNode> DoneAsync(HttpMethod method, string path, object body)
    {
        using var answer = await SendAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<string> TokenAsync(HostServer server, long userId)
    {
        using var answer = await server.Crm.PostAsJsonAsync(
            "sandbox/token", new { clientId = SandboxOptions.DefaultIntegration.ClientId, overrides = new { }, userId });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }
}
