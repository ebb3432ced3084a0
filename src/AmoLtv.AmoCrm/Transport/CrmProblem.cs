using System.Text.Json;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>Turns an answer that is not a success into a <see cref="CrmException"/>.</summary>
internal static class CrmProblem
{
    public static async Task<CrmException> ReadAsync(string what, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var retryAfter = await RepeatingHandler.RetryAfterAsync(response);
        return new CrmException(
            CrmFailures.FromStatus(response.StatusCode), what, await WordsAsync(response, cancellationToken),
            response.StatusCode, RequestId(response), retryAfter);
    }

    public static string? RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Request-Id", out var values) ? values.FirstOrDefault() : null;

    private static async Task<string?> WordsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!CrmBody.IsJson(response))
        {
            return null;
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(CrmBody.MaxProblemBytes, cancellationToken);
            using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return CrmBody.Words(body.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or HttpRequestException or IOException)
        {
            // The status alone already says what happened; the words are a help, not a need.
            return null;
        }
    }
}
