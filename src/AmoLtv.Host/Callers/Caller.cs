using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Callers;

/// <summary>The user of an account who asks, as the CRM vouches.</summary>
/// <param name="BaseAddress">Of the account; its origin is the one a page of the CRM may call from.</param>
public sealed record Caller(AccountId Account, UserId User, Role Role, Uri BaseAddress, CallerProof Proof, CrmVouching Vouching)
{
    public bool IsAdmin => Role == Role.Admin;

    /// <summary>Whether the user may see analytics of the whole account.</summary>
    public bool IsAnalyst => Role >= Role.Analyst;
}
