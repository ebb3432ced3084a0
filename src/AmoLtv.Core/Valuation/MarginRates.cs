using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Valuation;

/// <summary>What the account's costs are good for.</summary>
/// <param name="Basis">Margin where costs cover at least half of the revenue, else revenue.</param>
/// <param name="Percent">Margin as a share of amount (0.35) over the purchases with a cost; null where none has one.</param>
/// <param name="Coverage">Share of the revenue whose cost is known, 0 to 1.</param>
public sealed record MarginRates(Basis Basis, decimal? Percent, double Coverage)
{
    /// <summary>Over the purchases of the account's clients in the period, each once.</summary>
    public static MarginRates Of(IReadOnlyCollection<CustomerHistory> clients)
    {
        var revenue = clients.Sum(client => client.PurchaseRevenue);
        var costed = clients.Sum(client => client.CostedRevenue);
        if (costed <= 0)
        {
            return new MarginRates(Basis.Revenue, null, 0);
        }

        var percent = (costed - clients.Sum(client => client.PurchaseCost)) / costed;
        return new MarginRates(costed * 2 >= revenue ? Basis.Margin : Basis.Revenue, percent, (double)(costed / revenue));
    }

    /// <summary>
    /// Gross profit of a customer: known where the cost is known, the account's percent of the rest;
    /// credit notes take off theirs. Null where the account has no costs at all.
    /// </summary>
    public decimal? MarginOf(CustomerHistory customer)
    {
        if (Percent is not { } percent)
        {
            return null;
        }

        var purchases = customer.CostedRevenue - customer.PurchaseCost + ((customer.PurchaseRevenue - customer.CostedRevenue) * percent);
        var credits = customer.CostedCreditNotes - customer.CreditNoteCost + ((customer.CreditNotes - customer.CostedCreditNotes) * percent);
        return Money.Round(purchases - credits);
    }

    /// <summary>What one purchase or credit note adds, on the account's basis, in its currency; not rounded.</summary>
    public decimal ValueOf(Movement movement) => this switch
    {
        { Basis: Basis.Revenue } => movement.Amount,
        _ when movement.Cost is { } cost => movement.Amount - cost,
        _ => movement.Amount * Percent!.Value,
    };
}
