using AmoLtv.AmoCrm.Accounts;

namespace AmoLtv.Host.Installing;

/// <summary>A grant that the account's own answer confirmed.</summary>
public sealed record NewGrant(
    long PendingId, Integration Integration, Uri BaseAddress, CrmAccount Account, bool IsAdmin,
    byte[] AccessToken, byte[] RefreshToken, DateTimeOffset ExpiresAt);
