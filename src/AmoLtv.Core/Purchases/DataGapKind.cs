namespace AmoLtv.Core.Purchases;

/// <summary>What is missing on leads that were won.</summary>
public enum DataGapKind
{
    /// <summary>Not counted: no amount, or one that is not above 0.</summary>
    NoAmount = 1,

    /// <summary>Not counted: nobody knows when it was won.</summary>
    NoDate = 2,

    /// <summary>Not counted: neither a company nor a contact.</summary>
    NoCustomer = 3,

    /// <summary>Counted for the contact alone: two leads of one company may stand as two clients.</summary>
    NoCompany = 4,

    /// <summary>Counted, its margin estimated by the account's percent.</summary>
    NoCost = 5,
}
