using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Valuation;

/// <summary>What must agree: each purchase is counted once, whichever way it is summed.</summary>
/// <param name="Purchases">Purchases summed over the leads.</param>
/// <param name="Revenue">Their revenue less credit notes.</param>
/// <param name="ClientPurchases">The same summed over clients.</param>
/// <param name="ClientRevenue">The same summed over clients.</param>
/// <param name="PurchasesWithContact">Purchases over the leads that have a main contact.</param>
/// <param name="RevenueWithContact">Their revenue less credit notes.</param>
/// <param name="ContactPurchases">The same summed over contacts.</param>
/// <param name="ContactRevenue">The same summed over contacts.</param>
public sealed record Reconciliation(
    int Purchases,
    decimal Revenue,
    int ClientPurchases,
    decimal ClientRevenue,
    int PurchasesWithContact,
    decimal RevenueWithContact,
    int ContactPurchases,
    decimal ContactRevenue)
{
    /// <summary>Whether all pairs are equal, money to the kopeck.</summary>
    public bool Agrees =>
        Purchases == ClientPurchases && Revenue == ClientRevenue
        && PurchasesWithContact == ContactPurchases && RevenueWithContact == ContactRevenue;

    /// <summary>Sets the sums over leads beside those over customers.</summary>
    public static Reconciliation Of(LeadTotals leads, ClientTotals clients) => new(
        leads.Purchases,
        leads.Revenue,
        clients.Purchases,
        clients.Revenue,
        leads.PurchasesWithContact,
        leads.RevenueWithContact,
        clients.ContactPurchases,
        clients.ContactRevenue);
}
