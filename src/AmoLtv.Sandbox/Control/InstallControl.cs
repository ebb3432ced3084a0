using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.OAuth;

namespace AmoLtv.Sandbox.Control;

/// <summary>What the CRM does when a widget is installed or disabled, and the tokens it gives to widgets.</summary>
internal static class InstallControl
{
    /// <summary>The CRM waits this long for the redirect URI and never repeats the call.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Calls the redirect URI as after the installation of a widget: no browser, no state.</summary>
    /// <remarks>Optional: <c>userId</c>, <c>referer</c> (another host than the account's own, as a forger would send).</remarks>
    public static async Task<Answer> InstallAsync(ControlCall call)
    {
        if (call.Integration is not { } integration)
        {
            return Problem.BadRequest("No such clientId.");
        }

        var state = call.Sandbox.State;
        var user = call.Long("userId") is { } id ? state.User(id) : state.Owner;
        if (user is null)
        {
            return Problem.BadRequest("No such userId.");
        }

        var code = call.Sandbox.Locked(() => call.Sandbox.Tokens.IssueCode(integration.ClientId, user.Id));
        var address = AuthorizePage.RedirectTo(integration,
        [
            ("code", code.Code), ("referer", call.Text("referer") ?? call.Sandbox.AccountAddress.Authority), ("client_id", integration.ClientId),
            ("from_widget", "1"), ("platform", AuthorizePage.Platform(state)),
        ]);
        var (status, body) = await CallAsync(address, call.Sandbox.Options.CallsFrom, call.Http.RequestAborted);
        return Answer.Plain(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("status", status);
            json.WriteString("body", body);
            json.WriteString("code", code.Code);
            json.WriteEndObject();
        });
    }

    /// <summary>An admin disables the integration: its tokens die.</summary>
    public static Task<Answer> RevokeAsync(ControlCall call)
    {
        if (call.Integration is not { } integration)
        {
            return ControlEndpoints.Bad("No such clientId.");
        }

        call.Sandbox.Locked(() =>
        {
            call.Sandbox.Tokens.RevokeAll(integration.ClientId);
            return true;
        });
        return Task.FromResult(Answer.NoContent);
    }

    /// <summary>
    /// An admin disables the integration and the CRM says so: <c>{"clientId":…,"address":…,"signature":…,"revoke":true}</c>.
    /// With <c>revoke</c> false it is a replay: the call alone, tokens stay.
    /// </summary>
    public static async Task<Answer> UninstallAsync(ControlCall call)
    {
        if (call.Integration is not { } integration || (call.Text("address") ?? integration.UninstallUri) is not { } address)
        {
            return Problem.BadRequest("No such clientId, or nowhere to call: the integration has no uninstall address and none was sent.");
        }

        if (call.Flag("revoke") ?? true)
        {
            await RevokeAsync(call);
        }

        var (status, body) = await UninstallCall.SendAsync(address, integration, call.Sandbox.State.Account.Id, call.Text("signature"), call.Http.RequestAborted);
        return Answer.Plain(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("status", status);
            json.WriteString("body", body);
            json.WriteEndObject();
        });
    }

    /// <summary>A long-lived token made by hand: <c>{"userId":…,"days":365}</c>.</summary>
    public static Task<Answer> LongTokenAsync(ControlCall call)
    {
        if (call.Integration is not { } integration)
        {
            return ControlEndpoints.Bad("No such clientId.");
        }

        var token = call.Sandbox.Locked(() => call.Sandbox.Tokens.IssueLongLived(
            integration.ClientId, call.Long("userId") ?? call.Sandbox.State.Owner.Id, TimeSpan.FromDays(call.Int("days") ?? 365), call.Sandbox.AccountAddress.Authority));
        return Task.FromResult(Answer.Plain(json =>
        {
            json.WriteStartObject();
            json.WriteString("access_token", token.Token);
            json.WriteNumber("expires_at", token.ExpiresAt);
            json.WriteEndObject();
        }));
    }

    /// <summary>Gives the integration another secret: <c>{"secret":"…","revoke":false}</c>; with <c>revoke</c> earlier grants die.</summary>
    public static Task<Answer> SecretAsync(ControlCall call)
    {
        if (call.Integration is not { } integration || call.Text("secret") is not { Length: > 0 } secret)
        {
            return ControlEndpoints.Bad("No such clientId, or no secret.");
        }

        return Task.FromResult(call.Sandbox.Locked(() =>
        {
            var state = call.Sandbox.State;
            state.Integrations = [.. state.Integrations.Select(known => known.ClientId == integration.ClientId ? known with { Secret = secret } : known)];
            if (call.Flag("revoke") ?? false)
            {
                call.Sandbox.Tokens.RevokeAll(integration.ClientId);
            }

            return Answer.NoContent;
        }));
    }

    /// <summary>A widget token; <c>overrides</c>, <c>algorithm</c> and <c>secret</c> make it a forged one.</summary>
    public static Task<Answer> TokenAsync(ControlCall call)
    {
        var state = call.Sandbox.State;
        var user = call.Long("userId") is { } id ? state.User(id) : state.Owner;
        if (call.Integration is not { } integration || user is null)
        {
            return ControlEndpoints.Bad("No such clientId or userId.");
        }

        var overrides = call.Property("overrides") is { ValueKind: JsonValueKind.Object } claims ? JsonObject.Create(claims) : null;
        var algorithm = call.Text("algorithm") ?? "HS256";
        if (algorithm is not ("HS256" or "HS384" or "HS512" or "none"))
        {
            return ControlEndpoints.Bad("The algorithm may be HS256, HS384, HS512 or none.");
        }

        var token = WidgetToken.Write(integration, user, state, call.Origin, call.Int("lifetimeSeconds") ?? WidgetToken.LifetimeSeconds, overrides, algorithm, call.Text("secret"));
        return Task.FromResult(Answer.Plain(json =>
        {
            json.WriteStartObject();
            json.WriteString("token", token);
            json.WriteEndObject();
        }));
    }

    /// <summary>Status 0 and the reason when nothing answered.</summary>
    public static async Task<(int Status, string Body)> CallAsync(string address, IPAddress? from, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.UserAgent.ParseAdd("amoService-oAuth-Code-Sender/1.0");
            using var http = Client(from);
            using var response = await http.SendAsync(request, cancellationToken);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or TaskCanceledException)
        {
            return (0, unanswered.Message);
        }
    }

    private static HttpClient Client(IPAddress? from) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        ConnectCallback = async (target, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                if (from is not null)
                {
                    socket.Bind(new IPEndPoint(from, 0));
                }

                await socket.ConnectAsync(target.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    { Timeout = Patience };
}
