namespace AmoLtv.Host.Installing;

/// <summary>The tokens of a grant as stored, encrypted, and how their renewal goes.</summary>
/// <param name="RefreshToken">Null for a long-lived token, which cannot be renewed.</param>
/// <param name="ApiDomain">Host that knows the account's address after it was renamed; null where the token named none.</param>
/// <param name="RenewalFailures">Attempts that failed since the last one that worked.</param>
/// <param name="RenewalFailure">What the last of them met, in words.</param>
/// <param name="RefusedSince">First of the refusals in a row that said nothing of the token; null where the last attempt met something else.</param>
public sealed record StoredTokens(
    Uri BaseAddress, byte[] AccessToken, byte[]? RefreshToken, DateTimeOffset ExpiresAt, GrantStatus Status, string? StatusReason,
    string? ApiDomain, int RenewalFailures, string? RenewalFailure, DateTimeOffset? RefusedSince);
