using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using AmoLtv.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>An administrator of an account, with everything by which one can show who asks.</summary>
/// <param name="Code">Opens a session; it has not been used.</param>
internal sealed record ApiCaller(AccountId Account, Uri Address, string WidgetToken, string PageToken, SessionSecret Session, SessionSecret Code)
{
    /// <summary>A name in a body that stands for the caller's own code.</summary>
    public const string OwnCode = "<code>";

    /// <summary>As the service issues it all to the owner of the sandbox's account.</summary>
    /// <param name="server">Running.</param>
    /// <param name="account">May be another than the sandbox's: the service knows no better than its tables.</param>
    /// <param name="address">Where the account's pages are.</param>
    public static async Task<ApiCaller> CreateAsync(HostServer server, AccountId account, Uri address)
    {
        var user = new UserId(PageSession.Admin(server).Id);
        var vouching = new CrmVouching(SandboxOptions.DefaultIntegration.ClientId, true, TimeProvider.System.GetUtcNow());
        var caller = new Caller(account, user, Role.Admin, address, CallerProof.Widget, vouching);
        var sessions = server.Services.GetRequiredService<SessionStore>();
        var (used, _) = await sessions.CreateCodeAsync(caller, CancellationToken.None);
        var (session, _) = (await sessions.ExchangeAsync(used, CancellationToken.None))!.Value;
        var (code, _) = await sessions.CreateCodeAsync(caller, CancellationToken.None);
        var (token, _) = server.Services.GetRequiredService<PageTokens>().Issue(caller);
        return new ApiCaller(account, address, await WidgetTokenAsync(server, account, address), token, session, code);
    }

    /// <summary>Shows who asks, in the way that the endpoint wants.</summary>
    public void Sign(HttpRequestMessage request, CallerProof proof)
    {
        switch (proof)
        {
            case CallerProof.Widget:
                request.Headers.Add(WidgetCaller.Header, WidgetToken);
                break;
            case CallerProof.Cookie:
                request.Headers.Add("Cookie", $"{SessionCookie.Name}={Session.Text}");
                request.Headers.Add(PageCaller.AntiForgeryHeader, Session.AntiForgery);
                break;
            default:
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", PageToken);
                break;
        }
    }

    private static async Task<string> WidgetTokenAsync(HostServer server, AccountId account, Uri address)
    {
        var overrides = new Dictionary<string, object> { ["account_id"] = account.Value, ["iss"] = address.GetLeftPart(UriPartial.Authority) };
        using var answer = await server.Crm.PostAsJsonAsync("sandbox/token", new { clientId = SandboxOptions.DefaultIntegration.ClientId, overrides });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }
}
