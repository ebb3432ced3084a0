using AmoLtv.AmoCrm.OAuth;
using AmoLtv.Host.Callers;

namespace AmoLtv.Host.Installing;

/// <summary>
/// The redirect address. Two callers come here: a browser at the end of an install that began with us, known by its <c>state</c>, and
/// the CRM's own server after a widget was installed, known by <c>from_widget</c> alone. The CRM waits three seconds and never repeats,
/// so the code is kept and exchanged in the background; who really sent it, the account's own answer tells.
/// </summary>
public sealed partial class InstallCallback(
    InstallStart start, OAuthStates states, IntegrationDirectory integrations, PendingGrantStore pending, GrantDrain drain,
    InstallLimit limit, TimeProvider time, ILogger<InstallCallback> logger)
{
    private const int MaxCodeLength = 4096;
    private static readonly TimeSpan BrowserPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    internal async Task<IResult> ReceiveAsync(HttpContext http, InstallQuery query, CancellationToken cancellationToken)
    {
        var language = http.Request.Headers.AcceptLanguage.ToString();
        if (!string.IsNullOrEmpty(query.Error))
        {
            return InstallPage.Show(query.Error == "access_denied" ? InstallResult.AccessDenied : InstallResult.NoCode, language);
        }

        if (!string.IsNullOrEmpty(query.State))
        {
            return await FromBrowserAsync(http, query, language, cancellationToken);
        }

        return string.IsNullOrEmpty(query.FromWidget)
            ? InstallPage.Show(InstallResult.BadState, language)
            : await FromWidgetAsync(http, query, language);
    }

    private async Task<IResult> FromBrowserAsync(HttpContext http, InstallQuery query, string language, CancellationToken cancellationToken)
    {
        var nonce = states.Read(query.State!);
        var cookie = InstallStart.CookieOf(nonce);
        // What can be taken only once is taken and kept to the end, whether or not the browser stays.
        var clientId = nonce is null ? null : await states.TakeAsync(nonce, http.Request.Cookies[cookie], CancellationToken.None);
        var isOther = !string.IsNullOrEmpty(query.ClientId) && !string.Equals(query.ClientId, clientId, StringComparison.OrdinalIgnoreCase);
        if (clientId is null || isOther)
        {
            return InstallPage.Show(InstallResult.BadState, language);
        }

        http.Response.Cookies.Delete(cookie, new CookieOptions { Path = "/oauth" });
        var (refusal, accepted) = Check(query, integrations.Find(clientId));
        if (accepted is null)
        {
            return InstallPage.Show(refusal, language);
        }

        if (await KeepAsync(accepted, fromWidget: false) is not { } pendingId)
        {
            return InstallPage.Show(InstallResult.TooMany, language);
        }

        var outcome = await OutcomeAsync(pendingId, cancellationToken);
        return InstallPage.Show(Result(outcome), language, outcome?.Reason);
    }

    private async Task<IResult> FromWidgetAsync(HttpContext http, InstallQuery query, string language)
    {
        // Junk is turned away before it can spend what an honest install needs.
        var (refusal, accepted) = Check(query, start.Choose(query.ClientId));
        if (accepted is null)
        {
            return InstallPage.Show(refusal, language);
        }

        var isKept = limit.AllowsAnnouncement(CallerAddress.Of(http.Connection.RemoteIpAddress), accepted.Address)
            && await KeepAsync(accepted, fromWidget: true) is not null;
        return InstallPage.Show(isKept ? InstallResult.Working : InstallResult.TooMany, language);
    }

    /// <summary>What can be told from the call alone: whose it is, and that the sender's address passes the host rule.</summary>
    private (InstallResult Refusal, AcceptedCode? Accepted) Check(InstallQuery query, Integration? integration)
    {
        if (integration is null)
        {
            return (InstallResult.UnknownIntegration, null);
        }

        if (CrmHost.Accept(query.Referer, integrations.ExtraHosts) is not { } address)
        {
            Log.UnknownHost(logger, integration.ClientId);
            return (InstallResult.UnknownHost, null);
        }

        return string.IsNullOrEmpty(query.Code) || query.Code.Length > MaxCodeLength
            ? (InstallResult.NoCode, null)
            : (InstallResult.Working, new AcceptedCode(integration.ClientId, address, query.Code));
    }

    /// <summary>
    /// Keeps the code for the exchange; null where too many wait already. A caller that hangs up cannot stop it: the CRM's patience ends
    /// after three seconds, which a busy database may need, and it never sends the code again.
    /// </summary>
    private async Task<long?> KeepAsync(AcceptedCode accepted, bool fromWidget)
    {
        var id = await pending.AddAsync(accepted.ClientId, accepted.Address, accepted.Code, fromWidget, CancellationToken.None);
        drain.Wake();
        return id;
    }

    private async Task<PendingGrantOutcome?> OutcomeAsync(long pendingId, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var outcome = await pending.FindAsync(pendingId, cancellationToken);
            if (outcome is not { Status: "waiting" } || time.GetElapsedTime(began) > BrowserPatience)
            {
                return outcome;
            }

            await Task.Delay(Look, time, cancellationToken);
        }
    }

    private static InstallResult Result(PendingGrantOutcome? outcome) => outcome switch
    {
        { Status: "exchanged" } => InstallResult.Connected,
        { Status: "waiting" } => InstallResult.Working,
        { Refusal: { } refusal } => Enum.Parse<InstallResult>(refusal),
        _ => InstallResult.CodeRefused,
    };

    private sealed record AcceptedCode(string ClientId, Uri Address, string Code);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An install for integration {ClientId} named a host that is not the CRM's; nothing was sent there.")]
        public static partial void UnknownHost(ILogger logger, string clientId);
    }
}
