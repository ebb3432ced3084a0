using System.Text.Json;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>Turns an answer that is not a success into a <see cref="CrmException"/>.</summary>
internal static class CrmProblem
{
    public static async Task<CrmException> ReadAsync(string what, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var retryAfter = await RepeatingHandler.RetryAfterAsync(response);
        var (words, hint) = await WordsAsync(response, cancellationToken);
        return new CrmException(
            CrmFailures.FromStatus(response.StatusCode), what, words, response.StatusCode, RequestId(response), retryAfter,
            isFromApi: CrmBody.IsJson(response), hint: hint);
    }

    public static string? RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Request-Id", out var values) ? values.FirstOrDefault() : null;

    private static async Task<(string? Words, string? Hint)> WordsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!CrmBody.IsJson(response))
        {
            return (null, null);
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(CrmBody.MaxProblemBytes, cancellationToken);
            // From memory: the stream of a content is read once, and others look at it too.
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return (CrmBody.Words(body.RootElement), CrmBody.Hint(body.RootElement));
        }
        catch (Exception failure) when (failure is JsonException or HttpRequestException or IOException)
        {
            // The status alone already says what happened; the words are a help, not a need.
            return (null, null);
        }
    }
}
