using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Sandbox;

namespace AmoLtv.Host.Tests.Cards;

/// <summary>Requests as the widget sends them: with a token of the sandbox for one of its users.</summary>
internal sealed class CardCaller(HostServer server)
{
    public long Owner => server.Sandbox.State.Owner.Id;

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, long? user = null, object? body = null, string? known = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Auth-Token", await TokenAsync(user ?? Owner));
        request.Headers.Add("Origin", server.Sandbox.Address.GetLeftPart(UriPartial.Authority));
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        return await server.Http.SendAsync(request);
    }

    /// <summary>The card of an entity, which has to be answered.</summary>
    public async Task<JsonElement> CardAsync(string path, long? user = null)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"api/cards/{path}", user);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>An active user of the CRM who does not administer the account.</summary>
    public async Task<long> OrdinaryUserAsync() => (await OrdinaryUsersAsync())[0];

    /// <summary>Active users of the CRM who do not administer the account.</summary>
    public async Task<IReadOnlyList<long>> OrdinaryUsersAsync()
    {
        var users = await server.Crm.GetFromJsonAsync<JsonElement[]>("sandbox/users");
        return [.. users!
            .Where(user => !user.GetProperty("isAdmin").GetBoolean() && user.GetProperty("isActive").GetBoolean())
            .Select(user => user.GetProperty("id").GetInt64())];
    }

    private async Task<string> TokenAsync(long user)
    {
        using var answer = await server.Crm.PostAsJsonAsync(
            "sandbox/token", new { clientId = SandboxOptions.DefaultIntegration.ClientId, overrides = new { }, userId = user });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }
}
