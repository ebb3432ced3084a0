using Flurl.Http;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>Names what went wrong when no answer came at all.</summary>
internal static class Attempts
{
    /// <exception cref="CrmException">
    /// <see cref="CrmFailure.Timeout"/>, <see cref="CrmFailure.Unreachable"/>, or the request was not let out at all.
    /// </exception>
    public static async Task<HttpResponseMessage> RunAsync(string what, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send();
        }
        catch (Exception failure) when (
            failure is FlurlHttpException or HttpRequestException or TimeoutException or OperationCanceledException or NoPermitException or CircuitOpenException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cause = failure is FlurlHttpException { InnerException: { } inner } ? inner : failure;
            if (cause is CircuitOpenException { Open: var open })
            {
                throw Circuit.Refusal(what, open);
            }

            if (cause is NoPermitException)
            {
                throw new CrmException(CrmFailure.Throttled, $"{what} (no turn came in time)", inner: cause);
            }

            var kind = cause is TimeoutException or OperationCanceledException ? CrmFailure.Timeout : CrmFailure.Unreachable;
            // Without Flurl's own message, which repeats the address with its query.
            throw new CrmException(kind, what, inner: cause);
        }
    }
}
