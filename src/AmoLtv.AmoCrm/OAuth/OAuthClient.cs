using System.Net.Http.Headers;
using System.Text.Json;
using AmoLtv.AmoCrm.Transport;
using Flurl.Http;

namespace AmoLtv.AmoCrm.OAuth;

/// <summary>
/// The token endpoint of an account. A failure with a <see cref="CrmException.Hint"/> means that the CRM refuses the code or token for good
/// (<see cref="IsTokenRefused"/>); one without may be a wrong secret or redirect address, or a proxy before the CRM. Never repeated here:
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

    /// <summary>Whether the CRM itself says that this token is worth nothing any more, which no other configuration would mend.</summary>
    public static bool IsTokenRefused(CrmException failure) =>
        failure is { Failure: CrmFailure.Invalid or CrmFailure.Unauthorized, Hint: not null };

    private async Task<TokenPair> RequestAsync(
        string what, CrmIntegration integration, Uri baseAddress, string grantType, string name, string value, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            ["client_id"] = integration.ClientId,
            ["client_secret"] = integration.ClientSecret,
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
        try
        {
            using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            if (Json.Text(document.RootElement, "access_token") is { Length: > 0 } access
                && Json.Text(document.RootElement, "refresh_token") is { Length: > 0 } refresh
                && Json.Integer(document.RootElement, "expires_in") is { } seconds and > 0 and < 200_000_000)
            {
                return new TokenPair(access, refresh, TimeSpan.FromSeconds(seconds));
            }
        }
        catch (Exception failure) when (failure is JsonException or HttpRequestException or IOException)
        {
            throw new CrmException(CrmFailure.UnreadableAnswer, what, null, response.StatusCode, CrmProblem.RequestId(response), null, failure);
        }

        throw new CrmException(CrmFailure.UnreadableAnswer, what, "a token or its lifetime is missing", response.StatusCode, CrmProblem.RequestId(response));
    }
}
