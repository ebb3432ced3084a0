using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Callers;

/// <summary>The user of an account who looks at a page of the CRM, as the CRM's token vouches.</summary>
/// <param name="IsAdmin">Whether the CRM says that the user administers the account; false where it says nothing.</param>
/// <param name="BaseAddress">Of the account; its origin is the one a browser may call from.</param>
public sealed record Caller(AccountId Account, UserId User, bool IsAdmin, Uri BaseAddress);
