using AmoLtv.AmoCrm.OAuth;

namespace AmoLtv.Host.Installing;

/// <summary>
/// The redirect address. Two callers come here: a browser at the end of an install that began with us, known by its <c>state</c>, and
/// the CRM's own server after a widget was installed, known by <c>from_widget</c> alone. The CRM waits three seconds and never repeats,
/// so the code is kept and exchanged in the background; who really sent it, the account's own answer tells.
/// </summary>
public sealed partial class InstallCallback(
    InstallStart start, OAuthStates states, IntegrationDirectory integrations, PendingGrantStore pending, GrantDrain drain,
    WidgetCallLimit limit, TimeProvider time, ILogger<InstallCallback> logger)
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
            : await FromWidgetAsync(http, query, language, cancellationToken);
    }

    private async Task<IResult> FromBrowserAsync(HttpContext http, InstallQuery query, string language, CancellationToken cancellationToken)
    {
        var clientId = await states.TakeAsync(query.State!, http.Request.Cookies[InstallStart.Cookie], cancellationToken);
        http.Response.Cookies.Delete(InstallStart.Cookie, new CookieOptions { Path = "/oauth" });
        var isOther = !string.IsNullOrEmpty(query.ClientId) && !string.Equals(query.ClientId, clientId, StringComparison.OrdinalIgnoreCase);
        if (clientId is null || isOther)
        {
            return InstallPage.Show(InstallResult.BadState, language);
        }

        var (result, id) = await KeepAsync(query, integrations.Find(clientId), fromWidget: false, cancellationToken);
        if (id is not { } pendingId)
        {
            return InstallPage.Show(result, language);
        }

        var outcome = await OutcomeAsync(pendingId, cancellationToken);
        return InstallPage.Show(Result(outcome), language, outcome?.Reason);
    }

    private async Task<IResult> FromWidgetAsync(HttpContext http, InstallQuery query, string language, CancellationToken cancellationToken)
    {
        if (!limit.Allows(http.Connection.RemoteIpAddress))
        {
            return InstallPage.Show(InstallResult.TooMany, language);
        }

        var (result, id) = await KeepAsync(query, start.Choose(query.ClientId), fromWidget: true, cancellationToken);
        return InstallPage.Show(id is null ? result : InstallResult.Working, language);
    }

    /// <summary>Keeps the code for the exchange, if its sender's address passes the host rule; nothing is called before that.</summary>
    private async Task<(InstallResult Result, long? Id)> KeepAsync(
        InstallQuery query, Integration? integration, bool fromWidget, CancellationToken cancellationToken)
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

        if (string.IsNullOrEmpty(query.Code) || query.Code.Length > MaxCodeLength)
        {
            return (InstallResult.NoCode, null);
        }

        var id = await pending.AddAsync(integration.ClientId, address, query.Code, fromWidget, cancellationToken);
        drain.Wake();
        return (id is null ? InstallResult.TooMany : InstallResult.Working, id);
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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An install for integration {ClientId} named a host that is not the CRM's; nothing was sent there.")]
        public static partial void UnknownHost(ILogger logger, string clientId);
    }
}
