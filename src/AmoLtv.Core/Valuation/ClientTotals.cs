using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Valuation;

/// <summary>Sums over the clients of an account, and what its contacts bought. Money in its currency.</summary>
public sealed record ClientTotals
{
    /// <summary>Clients that bought in the period.</summary>
    public int Clients { get; private init; }

    /// <summary>Clients that bought ever.</summary>
    public int ClientsEver { get; private init; }

    public int LostClients { get; private init; }

    public int Purchases { get; private init; }

    public decimal Revenue { get; private init; }

    /// <summary>0 where the account has no costs.</summary>
    public decimal Margin { get; private init; }

    public decimal HistoricalLtv { get; private init; }

    /// <summary>Purchases a year, summed over <see cref="Clients"/>.</summary>
    public double PurchasesPerYear { get; private init; }

    /// <summary>Months of relationship as they count for the frequency, within the period, summed over <see cref="Clients"/>.</summary>
    public double CountedMonths { get; private init; }

    /// <summary>Over the clients that have one.</summary>
    public decimal FormulaLtv { get; private init; }

    public int ClientsWithFormula { get; private init; }

    /// <summary>Purchases summed over contacts, those with a company too.</summary>
    public int ContactPurchases { get; private init; }

    public decimal ContactRevenue { get; private init; }

    /// <param name="customers">Of all three scopes; the order decides the last bits of the sums that are no money.</param>
    /// <param name="lifetimeYears">The account's.</param>
    /// <param name="periodStart">First day whose purchases are summed; null: all history.</param>
    public static ClientTotals Of(IReadOnlyCollection<CustomerFigures> customers, double lifetimeYears, DateOnly? periodStart)
    {
        var clients = customers.Where(customer => customer.Key.IsClient).ToList();
        var bought = clients.FindAll(client => client.Purchases > 0);
        var formulas = clients.Select(client => client.FormulaLtv).OfType<decimal>().ToList();
        var contacts = customers.Where(customer => customer.Key.Scope == CustomerScope.Contact).ToList();
        return new ClientTotals
        {
            Clients = bought.Count,
            ClientsEver = clients.Count(client => client.Relationship is not null),
            LostClients = clients.Count(client => client.Relationship is { IsLost: true }),
            Purchases = clients.Sum(client => client.Purchases),
            Revenue = clients.Sum(client => client.Revenue),
            Margin = clients.Sum(client => client.Margin ?? 0),
            HistoricalLtv = clients.Sum(client => client.HistoricalLtv),
            PurchasesPerYear = bought.Sum(client => client.PurchasesPerYear!.Value),
            CountedMonths = bought.Sum(client => CountedMonthsOf(client.Relationship!.Value, lifetimeYears, periodStart)),
            FormulaLtv = formulas.Sum(),
            ClientsWithFormula = formulas.Count,
            ContactPurchases = contacts.Sum(contact => contact.Purchases),
            ContactRevenue = contacts.Sum(contact => contact.Revenue),
        };
    }

    private static double CountedMonthsOf(Relationship relationship, double lifetimeYears, DateOnly? periodStart)
    {
        var months = PurchaseFrequency.CountedYears(relationship.Years, lifetimeYears) * 12;
        return periodStart is { } start ? Math.Min(months, AccountDays.CompletedMonths(start, relationship.AsOf)) : months;
    }
}
