using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Callers;

/// <summary>What a page token says: which user of which account, with which role at most, until when.</summary>
public sealed record PageToken(AccountId Account, UserId User, Role Role, CrmVouching Vouching, DateTimeOffset ExpiresAt);
