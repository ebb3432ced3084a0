using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Evaluation;

/// <summary>
/// Leads valued from the first step to the last in one go, by whatever settings: how a draft of settings is looked at before
/// anybody saves it. The same rules, in the same order, as a recalculation of the account. Of clients alone: contacts of
/// companies add nothing to the account's numbers.
/// </summary>
public sealed record LeadValuation
{
    public required AccountSettings Settings { get; init; }

    /// <summary>What became of each lead, the period applied.</summary>
    public required IReadOnlyDictionary<LeadId, LeadVerdict> Verdicts { get; init; }

    public required AccountValuation Account { get; init; }

    /// <summary>Of every client with a purchase or a credit note.</summary>
    public required IReadOnlyDictionary<CustomerKey, CustomerValuation> Clients { get; init; }

    /// <summary>Segments of those that ever bought.</summary>
    public required IReadOnlyDictionary<CustomerKey, ClientSegments> Segments { get; init; }

    /// <summary>Values leads.</summary>
    /// <param name="leads">All of the account, or whole customers of it; in any order.</param>
    /// <param name="terms">What besides the leads decides.</param>
    public static LeadValuation Of(IReadOnlyList<Lead> leads, ValuationTerms terms)
    {
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentNullException.ThrowIfNull(terms);
        var settings = terms.Settings;
        var classifier = new LeadClassifier(settings, terms.Zone, terms.ExcludedByHand, terms.Today);
        var verdicts = new LeadVerdict[leads.Count];
        Parallel.For(0, verdicts.Length, index => verdicts[index] = classifier.Classify(leads[index]));
        var lastPurchase = verdicts.Where(verdict => verdict.Kind == VerdictKind.Purchase).Max(verdict => verdict.Day);
        var asOf = AccountDays.AsOf(terms.Today, lastPurchase, fixedByHand: null);
        var periodStart = AccountDays.PeriodStart(asOf, settings.PeriodMonths);
        verdicts = Array.ConvertAll(verdicts, verdict => verdict.Within(periodStart));
        var clients = ClientsOf(verdicts, terms.StatedCosts);
        var rates = AccountRates.Of(clients, settings, asOf, terms.Spend);
        var valuations = new BaseValuer(settings, rates, terms.Forecast).ValueAll(clients);
        var figures = Array.ConvertAll(valuations, valuation => valuation.Figures);
        return new LeadValuation
        {
            Settings = settings,
            Verdicts = verdicts.ToDictionary(verdict => verdict.Lead),
            Account = AccountValuation.Of(rates, periodStart, LeadTotals.Of(verdicts), figures),
            Clients = valuations.ToDictionary(valuation => valuation.Key),
            Segments = SegmentsOf(figures, settings, terms.Today),
        };
    }

    private static List<CustomerHistory> ClientsOf(IEnumerable<LeadVerdict> verdicts, IReadOnlyDictionary<long, decimal> statedCosts) =>
    [
        .. CustomerHistory.From(verdicts)
            .Where(history => history.Key.IsClient)
            .Select(history => history.Key.Scope == CustomerScope.Company && statedCosts.TryGetValue(history.Key.Id, out var cost)
                ? history with { StatedCac = cost }
                : history),
    ];

    private static Dictionary<CustomerKey, ClientSegments> SegmentsOf(CustomerFigures[] figures, AccountSettings settings, DateOnly today)
    {
        var borders = SegmentBorders.Of(figures, settings);
        return figures.Where(client => client.IsClient).ToDictionary(client => client.Key, client => borders.SegmentsOf(client, settings, today));
    }
}
