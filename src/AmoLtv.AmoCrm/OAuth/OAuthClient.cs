using System.Net.Http.Headers;
using System.Text.Json;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using Flurl.Http;

namespace AmoLtv.AmoCrm.OAuth;

/// <summary>
/// The token endpoint of an account. A failure whose <see cref="CrmException.Hint"/> speaks of the code or token means that the CRM refuses
/// it for good (<see cref="IsTokenRefused"/>); any other 400 or 401 may be a wrong secret or redirect address, or a proxy before the CRM.
/// Where the secret is changing, such a refusal is met with the previous one. Never repeated here otherwise:
/// a code and a refresh token work once, so the caller decides what a lost answer means.
/// </summary>
public sealed class OAuthClient(CrmHttp http)
{
    /// <param name="baseAddress">Passed the host rule (<see cref="CrmHost"/>): the secret goes there.</param>
    public Task<TokenPair> ExchangeCodeAsync(CrmIntegration integration, Uri baseAddress, string code, CancellationToken cancellationToken) =>
        RequestAsync("Exchanging the authorization code", integration, baseAddress, "authorization_code", "code", code, cancellationToken);

    /// <param name="baseAddress">Passed the host rule (<see cref="CrmHost"/>): the secret goes there.</param>
    public Task<TokenPair> RefreshAsync(CrmIntegration integration, Uri baseAddress, string refreshToken, CancellationToken cancellationToken) =>
        RequestAsync("Renewing the token", integration, baseAddress, "refresh_token", "refresh_token", refreshToken, cancellationToken);

    /// <summary>Asks the shared API host where the account is now: an account may have been given another subdomain.</summary>
    /// <param name="clientId">Of the integration, whose permitted rate it takes.</param>
    /// <param name="apiHost">Passed the host rule (<see cref="CrmHost"/>): the refresh token goes there.</param>
    /// <returns>Null where the answer names no account or host.</returns>
    public async Task<AccountLocation?> FindAccountAsync(string clientId, Uri apiHost, string refreshToken, CancellationToken cancellationToken)
    {
        const string what = "Asking for the account's present address";
        using var flurl = http.Create(clientId, apiHost, RequestLane.Interactive);
        using var response = await Attempts.RunAsync(
            what,
            () => flurl.Request("oauth2/account/current/subdomain").AllowAnyHttpStatus().WithHeader("X-Refresh-Token", refreshToken)
                .SendAsync(HttpMethod.Get, null, cancellationToken, HttpCompletionOption.ResponseContentRead),
            cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await CrmProblem.ReadAsync(what, response, cancellationToken);
        }

        using var body = await ParseAsync(what, response, cancellationToken);
        return Json.Integer(body.RootElement, "id") is { } id && Json.Text(body.RootElement, "domain") is { Length: > 0 } domain
            ? new AccountLocation(new AccountId(id), domain)
            : null;
    }

    /// <summary>Whether the CRM itself says that this code or token is worth nothing any more, which no other configuration would mend.</summary>
    public static bool IsTokenRefused(CrmException failure) =>
        failure is { Failure: CrmFailure.Invalid or CrmFailure.Unauthorized, Hint: { } hint }
        && (hint.Contains("token", StringComparison.OrdinalIgnoreCase) || hint.Contains("authorization code", StringComparison.OrdinalIgnoreCase));

    private async Task<TokenPair> RequestAsync(
        string what, CrmIntegration integration, Uri baseAddress, string grantType, string name, string value, CancellationToken cancellationToken)
    {
        foreach (var secret in integration.Secrets.SkipLast(1))
        {
            try
            {
                return await RequestOnceAsync(what, integration, secret, baseAddress, grantType, name, value, cancellationToken);
            }
            catch (CrmException refused) when (refused.Failure is CrmFailure.Invalid or CrmFailure.Unauthorized && !IsTokenRefused(refused))
            {
                // The CRM looks at the secret before the token: the token is not used up, and the other secret may still be the valid one.
                continue;
            }
        }

        return await RequestOnceAsync(what, integration, integration.Secrets[^1], baseAddress, grantType, name, value, cancellationToken);
    }

    private async Task<TokenPair> RequestOnceAsync(
        string what, CrmIntegration integration, string secret, Uri baseAddress, string grantType, string name, string value,
        CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            ["client_id"] = integration.ClientId,
            ["client_secret"] = secret,
            ["grant_type"] = grantType,
            [name] = value,
            ["redirect_uri"] = integration.RedirectUri.OriginalString,
        });
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var flurl = http.Create(integration.ClientId, baseAddress, RequestLane.Interactive);
        using var response = await Attempts.RunAsync(
            what,
            () => flurl.Request("oauth2/access_token").AllowAnyHttpStatus()
                .SendAsync(HttpMethod.Post, content, cancellationToken, HttpCompletionOption.ResponseContentRead),
            cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await CrmProblem.ReadAsync(what, response, cancellationToken);
        }

        return await ReadAsync(what, response, cancellationToken);
    }

    private static async Task<TokenPair> ReadAsync(string what, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var document = await ParseAsync(what, response, cancellationToken);
        return Json.Text(document.RootElement, "access_token") is { Length: > 0 } access
            && Json.Text(document.RootElement, "refresh_token") is { Length: > 0 } refresh
            && Json.Integer(document.RootElement, "expires_in") is { } seconds and > 0 and < 200_000_000
            ? new TokenPair(access, refresh, TimeSpan.FromSeconds(seconds))
            : throw new CrmException(CrmFailure.UnreadableAnswer, what, "a token or its lifetime is missing", response.StatusCode, CrmProblem.RequestId(response));
    }

    private static async Task<JsonDocument> ParseAsync(string what, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        }
        catch (Exception failure) when (failure is JsonException or HttpRequestException or IOException)
        {
            throw new CrmException(CrmFailure.UnreadableAnswer, what, null, response.StatusCode, CrmProblem.RequestId(response), null, failure);
        }
    }
}
