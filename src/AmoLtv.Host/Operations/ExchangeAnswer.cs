namespace AmoLtv.Host.Operations;

/// <summary>One attempt at a call to the CRM.</summary>
/// <param name="Status">HTTP status; null where no answer came.</param>
/// <param name="Failure">Why none came.</param>
/// <param name="RequestId">The CRM's own number, for its support.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="IsInteractive">Whether a person waited.</param>
public sealed record ExchangeAnswer(
    long Id, DateTime At, string Method, string Path, int? Status, string? Failure, int DurationMs, string? RequestId, int Attempt, bool IsInteractive);
