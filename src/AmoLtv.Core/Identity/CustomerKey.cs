namespace AmoLtv.Core.Identity;

/// <summary>A customer of an account: a company or contact, and which of its purchases are meant.</summary>
public readonly record struct CustomerKey(CustomerScope Scope, long Id)
{
    /// <summary>True where the customer counts in the account's sums, ranks and tiers.</summary>
    public bool IsClient => Scope is CustomerScope.Company or CustomerScope.DirectContact;
}
