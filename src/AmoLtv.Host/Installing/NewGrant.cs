using AmoLtv.AmoCrm.Accounts;

namespace AmoLtv.Host.Installing;

/// <summary>A grant that the account's own answer confirmed.</summary>
/// <param name="PendingId">The pending grant that led to it; null for a long-lived token given by the operator.</param>
/// <param name="RefreshToken">Null for a long-lived token.</param>
/// <param name="ApiDomain">Host that knows the account's address after it was renamed; null where the token names none.</param>
public sealed record NewGrant(
    long? PendingId, Integration Integration, Uri BaseAddress, CrmAccount Account, bool IsAdmin,
    byte[] AccessToken, byte[]? RefreshToken, DateTimeOffset ExpiresAt, string? ApiDomain);
