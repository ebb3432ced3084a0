using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Cards;

/// <summary>Whose numbers a card shows: a company or a contact.</summary>
public readonly record struct CardCustomer(EntityType Entity, long Id)
{
    /// <summary>Scope of the numbers; a contact's card shows all it bought, with or without a company.</summary>
    public CustomerScope Scope => Entity == EntityType.Company ? CustomerScope.Company : CustomerScope.Contact;

    /// <summary>Scope of its place among the clients; only those count that the account's sums hold.</summary>
    public CustomerScope ClientScope => Entity == EntityType.Company ? CustomerScope.Company : CustomerScope.DirectContact;

    public string Plural => Entity == EntityType.Company ? "companies" : "contacts";

    /// <summary>A lead shows its company's numbers, or its main contact's where it has no company; null where it has neither.</summary>
    public static CardCustomer? OfLead(long? company, long? mainContact) => (company, mainContact) switch
    {
        ({ } id, _) => new CardCustomer(EntityType.Company, id),
        (_, { } id) => new CardCustomer(EntityType.Contact, id),
        _ => null,
    };
}
