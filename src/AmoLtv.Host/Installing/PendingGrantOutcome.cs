namespace AmoLtv.Host.Installing;

/// <summary>What became of a pending grant.</summary>
/// <param name="Status">waiting, exchanged, refused or expired.</param>
/// <param name="Refusal">Name of an <see cref="InstallResult"/>, null unless refused or expired.</param>
/// <param name="Reason">The CRM's words, null where there are none.</param>
/// <param name="AccountId">Once known.</param>
public sealed record PendingGrantOutcome(string Status, string? Refusal, string? Reason, long? AccountId);
