using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Valuation;

/// <summary>Sums over the clients of an account, and what its contacts bought. Money in its currency.</summary>
public sealed record ClientTotals
{
    /// <summary>Clients that bought in the period.</summary>
    public int Clients { get; init; }

    /// <summary>Clients that bought ever.</summary>
    public int ClientsEver { get; init; }

    public int LostClients { get; init; }

    public int Purchases { get; init; }

    public decimal Revenue { get; init; }

    /// <summary>0 where the account has no costs.</summary>
    public decimal Margin { get; init; }

    public decimal HistoricalLtv { get; init; }

    /// <summary>Purchases a year, summed over <see cref="Clients"/>; in decimals, so that the order of adding and taking away is no matter.</summary>
    public decimal PurchasesPerYear { get; init; }

    /// <summary>Months of relationship as they count for the frequency, within the period, summed over <see cref="Clients"/>.</summary>
    public decimal CountedMonths { get; init; }

    /// <summary>Over the clients that have one.</summary>
    public decimal FormulaLtv { get; init; }

    public int ClientsWithFormula { get; init; }

    /// <summary>Purchases summed over contacts, those with a company too.</summary>
    public int ContactPurchases { get; init; }

    public decimal ContactRevenue { get; init; }

    /// <summary>Customers of all three scopes, those that never bought too.</summary>
    public int Customers { get; init; }

    /// <summary>Sums the customers.</summary>
    /// <param name="customers">Of all three scopes, in any order.</param>
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
            PurchasesPerYear = bought.Sum(client => Exact(client.PurchasesPerYear!.Value)),
            CountedMonths = bought.Sum(client => Exact(CountedMonthsOf(client.Relationship!.Value, lifetimeYears, periodStart))),
            FormulaLtv = formulas.Sum(),
            ClientsWithFormula = formulas.Count,
            ContactPurchases = contacts.Sum(contact => contact.Purchases),
            ContactRevenue = contacts.Sum(contact => contact.Revenue),
            Customers = customers.Count,
        };
    }

    /// <summary>These totals with some customers taken off and others put in their place.</summary>
    /// <param name="removed">Totals of customers these totals hold.</param>
    /// <param name="added">Totals of the ones in their place, with the same lifetime and period.</param>
    public ClientTotals Replace(ClientTotals removed, ClientTotals added) => new()
    {
        Clients = Clients - removed.Clients + added.Clients,
        ClientsEver = ClientsEver - removed.ClientsEver + added.ClientsEver,
        LostClients = LostClients - removed.LostClients + added.LostClients,
        Purchases = Purchases - removed.Purchases + added.Purchases,
        Revenue = Revenue - removed.Revenue + added.Revenue,
        Margin = Margin - removed.Margin + added.Margin,
        HistoricalLtv = HistoricalLtv - removed.HistoricalLtv + added.HistoricalLtv,
        PurchasesPerYear = PurchasesPerYear - removed.PurchasesPerYear + added.PurchasesPerYear,
        CountedMonths = CountedMonths - removed.CountedMonths + added.CountedMonths,
        FormulaLtv = FormulaLtv - removed.FormulaLtv + added.FormulaLtv,
        ClientsWithFormula = ClientsWithFormula - removed.ClientsWithFormula + added.ClientsWithFormula,
        ContactPurchases = ContactPurchases - removed.ContactPurchases + added.ContactPurchases,
        ContactRevenue = ContactRevenue - removed.ContactRevenue + added.ContactRevenue,
        Customers = Customers - removed.Customers + added.Customers,
    };

    private static decimal Exact(double number) => Math.Round((decimal)number, 12);

    private static double CountedMonthsOf(Relationship relationship, double lifetimeYears, DateOnly? periodStart)
    {
        var months = PurchaseFrequency.CountedYears(relationship.Years, lifetimeYears) * 12;
        return periodStart is { } start ? Math.Min(months, AccountDays.CompletedMonths(start, relationship.AsOf)) : months;
    }
}
