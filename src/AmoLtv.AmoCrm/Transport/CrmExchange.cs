namespace AmoLtv.AmoCrm.Transport;

/// <summary>One attempt at a call: what an admin or the CRM's support may be shown. No token, no body.</summary>
/// <param name="Method">For example <c>GET</c>.</param>
/// <param name="Path">As <see cref="LoggedPath"/> writes it.</param>
/// <param name="Status">HTTP status, null where no answer came.</param>
/// <param name="Failure">What went wrong where no answer came.</param>
/// <param name="Duration">Until the headers of the answer; the wait for a permit is not part of it.</param>
/// <param name="RequestId">The CRM's number of the request.</param>
/// <param name="Attempt">From 1.</param>
public sealed record CrmExchange(
    BudgetKey Key, DateTimeOffset At, string Method, string Path, int? Status, CrmFailure? Failure, TimeSpan Duration, string? RequestId,
    int Attempt, RequestLane Lane);
