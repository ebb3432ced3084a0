using System.Net;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>A call to the CRM failed after all repeats. The message is in words and ends with the next step; it holds no token, secret or body.</summary>
public sealed class CrmException : Exception
{
    /// <param name="failure">What kind of failure it is.</param>
    /// <param name="what">What was being done, for example "Reading leads".</param>
    /// <param name="detail">The CRM's own words, null where it gave none.</param>
    /// <param name="status">HTTP status, null where there was no answer.</param>
    /// <param name="requestId">The CRM's number of the request, for its support.</param>
    /// <param name="retryAfter">How long the CRM asked to wait, null where it did not say.</param>
    /// <param name="inner">The cause, where there is one.</param>
    /// <param name="isFromApi">Whether the answer was JSON: the CRM's API itself spoke, not a proxy before it.</param>
    /// <param name="hint">What an OAuth answer says of the code or token, null where it says nothing of it.</param>
    public CrmException(
        CrmFailure failure, string what, string? detail = null, HttpStatusCode? status = null,
        string? requestId = null, TimeSpan? retryAfter = null, Exception? inner = null, bool isFromApi = false, string? hint = null)
        : base(Words(failure, what, detail, status, requestId), inner)
    {
        Failure = failure;
        Detail = detail;
        Status = status;
        RequestId = requestId;
        RetryAfter = retryAfter;
        IsFromApi = isFromApi;
        Hint = hint;
    }

    public CrmFailure Failure { get; }

    public string? Detail { get; }

    public HttpStatusCode? Status { get; }

    public string? RequestId { get; }

    public TimeSpan? RetryAfter { get; }

    public bool IsFromApi { get; }

    public string? Hint { get; }

    public bool IsRetryable => Failure.IsRetryable();

    private static string Words(CrmFailure failure, string what, string? detail, HttpStatusCode? status, string? requestId)
    {
        var answer = status is { } code ? $" (HTTP {(int)code})" : "";
        var words = string.IsNullOrWhiteSpace(detail) ? "" : $" The CRM says: {detail.Trim().TrimEnd('.')}.";
        var request = requestId is null ? "" : $" Request {requestId}.";
        return $"{what} failed: {Name(failure)}{answer}.{words}{request} {failure.NextStep()}";
    }

    private static string Name(CrmFailure failure) => failure switch
    {
        CrmFailure.Unreachable => "the CRM cannot be reached",
        CrmFailure.Timeout => "the CRM did not answer in time",
        CrmFailure.Throttled => "the CRM asks for fewer requests",
        CrmFailure.ServerError => "the CRM has an error of its own",
        CrmFailure.GatewayTimeout => "the CRM ran out of time on this request",
        CrmFailure.UnreadableAnswer => "the answer is not readable",
        CrmFailure.Invalid => "the CRM did not accept the content",
        CrmFailure.Unauthorized => "the CRM does not accept the token",
        CrmFailure.PaymentRequired => "the CRM asks for payment",
        CrmFailure.Forbidden => "the CRM forbids it",
        CrmFailure.Blocked => "the CRM refuses every request",
        CrmFailure.NotFound => "the CRM does not know the address",
        CrmFailure.Unprocessable => "the CRM cannot process the content",
        _ => "an unexpected answer",
    };
}
