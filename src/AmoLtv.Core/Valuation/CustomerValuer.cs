using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Valuation;

/// <summary>Values customers one by one, by the rates of their account.</summary>
public sealed class CustomerValuer(AccountSettings settings, AccountRates rates)
{
    /// <summary>Values one customer, money on the account's basis and rounded to kopecks.</summary>
    /// <param name="customer">Its history.</param>
    /// <param name="prediction">What it is expected to bring; null without a forecast.</param>
    public CustomerValuation Value(CustomerHistory customer, CustomerPrediction? prediction = null)
    {
        var relationship = Relationship.Of(customer, rates.Gap, rates.AsOf);
        var margin = rates.Margin.MarginOf(customer);
        var historical = rates.Margin.Basis == Basis.Margin ? margin!.Value : customer.Revenue;
        var lifetime = rates.Lifetime.Years;
        double? perYear = relationship is { } known ? PurchaseFrequency.PerYear(customer.AllPurchases, known.Years, lifetime) : null;
        var noFormula = WhyNoFormula(customer);
        decimal? formula = noFormula is null ? FormulaLtv.Of(historical / customer.Purchases, perYear!.Value, lifetime) : null;
        var isPredicted = relationship is not null;
        var headline = IsNothingSummed(customer)
            ? Headline.Nothing
            : Headline.Of(settings.Headline, historical, formula, isPredicted ? historical + prediction?.Value : null);
        var cac = CacOf(customer);
        return new CustomerValuation
        {
            Key = customer.Key,
            Purchases = customer.Purchases,
            Revenue = customer.Revenue,
            CreditNotes = customer.CreditNotes,
            Margin = margin,
            EstimatedCosts = margin is null ? 0 : customer.PurchasesWithoutCost,
            HistoricalLtv = historical,
            AverageOrderValue = customer.Purchases > 0 ? Money.Round(customer.Revenue / customer.Purchases) : null,
            PurchasesPerYear = perYear,
            LifetimeYears = lifetime,
            FormulaLtv = formula,
            NoFormulaReason = noFormula,
            Headline = headline,
            Prediction = isPredicted ? prediction : null,
            Relationship = relationship,
            Channel = customer.Channel,
            Cac = cac,
            LtvToCac = Money.Ratio(headline.Ltv, cac),
            PaybackMonths = cac is { } cost ? Payback.Months(customer.Movements, rates.Margin, cost) : null,
        };
    }

    /// <summary>A customer that never bought has no LTV, whatever was credited to it.</summary>
    private static bool IsNothingSummed(CustomerHistory customer) =>
        customer.AllPurchases == 0 || (customer.Purchases == 0 && customer.CreditNotes == 0);

    private static NoFormulaReason? WhyNoFormula(CustomerHistory customer) => customer switch
    {
        { CreditNotes: > 0 } when customer.CreditNotes >= customer.PurchaseRevenue => NoFormulaReason.ReturnsExceedPurchases,
        { Purchases: 0 } => NoFormulaReason.NoPurchasesInPeriod,
        _ => null,
    };

    /// <summary>A channel brings clients; a contact beside its company was not acquired a second time.</summary>
    private decimal? CacOf(CustomerHistory customer) => settings.Cac.Kind switch
    {
        CacKind.CompanyField when customer.Key.Scope == CustomerScope.Company => customer.StatedCac,
        CacKind.ChannelTable when customer.Key.IsClient => rates.Channels.Of(customer),
        _ => null,
    };
}
