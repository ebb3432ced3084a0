using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>Requests of the widget and of the pages, as their browsers send them.</summary>
internal static class PageSession
{
    public static string OriginOf(HostServer server) => server.Sandbox.Address.GetLeftPart(UriPartial.Authority);

    public static CrmUser Admin(HostServer server) => server.Sandbox.State.Owner;

    public static CrmUser Colleague(HostServer server) => server.Sandbox.State.Users.First(user => user is { IsAdmin: false, IsActive: true });

    /// <summary>The CRM's token for a user.</summary>
    public static async Task<string> WidgetTokenAsync(HostServer server, CrmUser user)
    {
        using var answer = await server.Crm.PostAsJsonAsync("sandbox/token", new { clientId = SandboxOptions.DefaultIntegration.ClientId, userId = user.Id });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    /// <summary>A page's token, obtained as the widget does.</summary>
    public static async Task<string> PageTokenAsync(HostServer server, CrmUser user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/sessions");
        request.Headers.Add("X-Auth-Token", await WidgetTokenAsync(server, user));
        request.Headers.Add("Origin", OriginOf(server));
        using var answer = await server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    public static async Task<HttpResponseMessage> SendAsync(
        HostServer server, HttpMethod method, string path, string? pageToken = null, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (pageToken is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", pageToken);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        return await server.Http.SendAsync(request);
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    public static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await ReadAsync(answer)).GetProperty("code").GetString();
}
