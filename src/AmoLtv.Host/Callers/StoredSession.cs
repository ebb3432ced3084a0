using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Callers;

/// <summary>A session of a page that is opened on its own.</summary>
/// <param name="IsProlonged">Whether its end was moved: the browser's cookie must be set anew.</param>
public sealed record StoredSession(UserId User, CrmVouching Vouching, DateTimeOffset ExpiresAt, bool IsProlonged);
