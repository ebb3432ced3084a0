namespace AmoLtv.Host.Exchanges;

/// <summary>One attempt at a call to the CRM, as an admin sees it.</summary>
/// <param name="Id">Orders the log; newer is greater.</param>
/// <param name="Path">With what of its query can be nobody's personal data.</param>
/// <param name="Status">HTTP status, null where no answer came.</param>
/// <param name="Failure">Why none came.</param>
/// <param name="DurationMs">Until the headers of the answer.</param>
/// <param name="RequestId">The CRM's own number, for its support.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="ClientId">Of the integration.</param>
/// <param name="IsInteractive">Whether a person waited.</param>
public sealed record LoggedExchange(
    long Id, DateTimeOffset At, string Method, string Path, int? Status, string? Failure, int DurationMs, string? RequestId, int Attempt,
    string ClientId, bool IsInteractive);
