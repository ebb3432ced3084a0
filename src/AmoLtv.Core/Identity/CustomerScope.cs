namespace AmoLtv.Core.Identity;

/// <summary>Which of its purchases a customer is valued by.</summary>
public enum CustomerScope
{
    /// <summary>A company, by the purchases that belong to it. A client of the account.</summary>
    Company = 1,

    /// <summary>A contact, by every purchase whose main contact it is. Shown in its card, outside the account's sums.</summary>
    Contact = 2,

    /// <summary>
    /// A contact, by its purchases without a company alone. A client of the account:
    /// <see cref="Company"/> and <see cref="DirectContact"/> together hold each purchase once.
    /// </summary>
    DirectContact = 3,
}
