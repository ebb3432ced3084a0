using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Valuation;

/// <summary>The numbers of the account, over its clients. Money in its currency, kopecks exact.</summary>
public sealed record AccountValuation
{
    public required DateOnly AsOf { get; init; }

    /// <summary>First day whose purchases are summed; null: all history.</summary>
    public DateOnly? PeriodStart { get; init; }

    public required Basis Basis { get; init; }

    /// <summary>Share of the revenue whose cost is known, 0 to 1.</summary>
    public double CostCoverage { get; init; }

    /// <summary>Margin as a percent of amount over the purchases with a cost; null where none has one.</summary>
    public decimal? MarginPercent { get; init; }

    /// <summary>Clients that bought in the period.</summary>
    public required int Clients { get; init; }

    /// <summary>Clients that bought ever.</summary>
    public required int ClientsEver { get; init; }

    /// <summary>Of those who bought ever, how many are lost by now.</summary>
    public required int LostClients { get; init; }

    /// <summary>Of clients in the period, credit notes not counted.</summary>
    public required int Purchases { get; init; }

    /// <summary>Credit notes taken off.</summary>
    public required decimal Revenue { get; init; }

    /// <summary>Gross profit; null where the account has no costs.</summary>
    public decimal? Margin { get; init; }

    /// <summary>Revenue per purchase.</summary>
    public decimal? AverageOrderValue { get; init; }

    /// <summary>Revenue of the period per client.</summary>
    public decimal? RevenuePerClient { get; init; }

    /// <summary>
    /// Value on the account's basis per client and month of relationship; a relationship counts at least
    /// as long as in <see cref="PurchaseFrequency"/>, and with a period at most as long as the period.
    /// </summary>
    public decimal? MonthlyValuePerClient { get; init; }

    /// <summary><see cref="MonthlyValuePerClient"/> × lifetime in months.</summary>
    public decimal? MonthlyValueLtv { get; init; }

    /// <summary>Mean over clients.</summary>
    public double? PurchasesPerYear { get; init; }

    public required CustomerLifetime Lifetime { get; init; }

    public required TypicalGap TypicalGap { get; init; }

    /// <summary>Value of a purchase on the account's basis × mean purchases a year × lifetime.</summary>
    public decimal? FormulaLtv { get; init; }

    /// <summary>Mean of the clients' own FormulaLtv, over those that have one: another number than <see cref="FormulaLtv"/>.</summary>
    public decimal? MeanOfClientsFormulaLtv { get; init; }

    /// <summary>Sum of what clients bought, on the account's basis.</summary>
    public required decimal HistoricalLtv { get; init; }

    public required LeadTotals Leads { get; init; }

    public required Reconciliation Reconciliation { get; init; }

    /// <summary>Values the account over its customers.</summary>
    /// <param name="rates">Of the account.</param>
    /// <param name="periodStart">First day whose purchases are summed; null: all history.</param>
    /// <param name="leads">The leads counted one by one.</param>
    /// <param name="customers">Of all three scopes.</param>
    public static AccountValuation Of(
        AccountRates rates, DateOnly? periodStart, LeadTotals leads, IReadOnlyCollection<CustomerFigures> customers) =>
        Of(rates, periodStart, leads, ClientTotals.Of(customers, rates.Lifetime.Years, periodStart));

    /// <summary>Values the account from sums over its customers made before.</summary>
    /// <param name="rates">Of the account.</param>
    /// <param name="periodStart">First day whose purchases are summed; null: all history.</param>
    /// <param name="leads">The leads counted one by one.</param>
    /// <param name="clients">Sums over the customers, with the lifetime of <paramref name="rates"/> and this period.</param>
    public static AccountValuation Of(AccountRates rates, DateOnly? periodStart, LeadTotals leads, ClientTotals clients)
    {
        var lifetime = rates.Lifetime.Years;
        double? perYear = clients.Clients > 0 ? (double)(clients.PurchasesPerYear / clients.Clients) : null;
        decimal? monthly = clients.Clients > 0 ? clients.HistoricalLtv / clients.CountedMonths : null;
        return new AccountValuation
        {
            AsOf = rates.AsOf,
            PeriodStart = periodStart,
            Basis = rates.Margin.Basis,
            CostCoverage = rates.Margin.Coverage,
            MarginPercent = rates.Margin.Percent is { } share ? Money.Round(share * 100) : null,
            Clients = clients.Clients,
            ClientsEver = clients.ClientsEver,
            LostClients = clients.LostClients,
            Purchases = clients.Purchases,
            Revenue = clients.Revenue,
            Margin = rates.Margin.Percent is null ? null : clients.Margin,
            AverageOrderValue = clients.Purchases > 0 ? Money.Round(clients.Revenue / clients.Purchases) : null,
            RevenuePerClient = clients.Clients > 0 ? Money.Round(clients.Revenue / clients.Clients) : null,
            MonthlyValuePerClient = monthly is { } value ? Money.Round(value) : null,
            MonthlyValueLtv = monthly is { } each ? Money.Times(each, lifetime * 12) : null,
            PurchasesPerYear = perYear,
            Lifetime = rates.Lifetime,
            TypicalGap = rates.Gap,
            FormulaLtv = clients.Purchases > 0 ? Valuation.FormulaLtv.Of(clients.HistoricalLtv / clients.Purchases, perYear!.Value, lifetime) : null,
            MeanOfClientsFormulaLtv = clients.ClientsWithFormula > 0 ? Money.Round(clients.FormulaLtv / clients.ClientsWithFormula) : null,
            HistoricalLtv = clients.HistoricalLtv,
            Leads = leads,
            Reconciliation = Reconciliation.Of(leads, clients),
        };
    }
}
