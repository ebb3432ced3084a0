using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Evaluation;

/// <summary>A plain list of purchases valued without a CRM: each row stands for a won lead of a company, one without an amount too.</summary>
/// <param name="CustomersInFile">Different customers with a row up to the date.</param>
/// <param name="Account">Numbers of all together.</param>
/// <param name="Customers">The most valuable first.</param>
/// <param name="Tiers">In the order of the settings.</param>
public sealed record TransactionEvaluation(
    int CustomersInFile, AccountValuation Account, IReadOnlyList<EvaluatedCustomer> Customers, IReadOnlyList<TierSummary> Tiers)
{
    private static readonly StageKey WonStage = new(new PipelineId(1), StageKey.Won);

    /// <param name="transactions">In any order; rows after <paramref name="asOf"/> are ignored.</param>
    /// <param name="settings">Those about leads of a CRM have no effect.</param>
    /// <param name="asOf">The date all numbers are of; see <see cref="AsOf"/>.</param>
    public static TransactionEvaluation Of(IReadOnlyList<Transaction> transactions, AccountSettings settings, DateOnly asOf)
    {
        var known = transactions.Where(row => row.Day <= asOf).ToList();

        // Numbered by name, so that ties between equal customers do not hang on the order of the rows.
        var names = known.Select(row => row.Customer).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var numbers = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index + 1L, StringComparer.Ordinal);
        var classifier = new LeadClassifier(settings, TimeZoneInfo.Utc, new HashSet<LeadId>(), asOf);
        var verdicts = known.Select((row, index) => Counted(classifier.Classify(LeadOf(row, index, numbers[row.Customer])), row)).ToList();
        var periodStart = AccountDays.PeriodStart(asOf, settings.PeriodMonths);
        var counted = verdicts.ConvertAll(verdict => verdict.Within(periodStart));
        var report = AccountReport.Of(CustomerHistory.From(counted), LeadTotals.Of(counted), settings, asOf, []);
        var valuations = report.Customers.ToDictionary(value => value.Key);
        var customers = report.Standings
            .Select(standing => new EvaluatedCustomer(names[(int)standing.Key.Id - 1], valuations[standing.Key], standing))
            .ToList();
        return new TransactionEvaluation(names.Count, report.Account, customers, Summarize(customers, settings.Tiers));
    }

    /// <summary>The date fixed by hand; else the last day of the list that is not later than today; today where there is none.</summary>
    public static DateOnly AsOf(IReadOnlyList<Transaction> transactions, DateOnly today, DateOnly? fixedByHand) =>
        fixedByHand ?? transactions.Where(row => row.Day <= today).Max(row => (DateOnly?)row.Day) ?? today;

    // An account leaves such leads out; a list says itself what its purchases are.
    private static LeadVerdict Counted(LeadVerdict verdict, Transaction row) =>
        verdict.Reason == ExclusionReason.NoAmount ? verdict with { Kind = VerdictKind.Purchase, Reason = null, Amount = row.Amount ?? 0 } : verdict;

    private static Lead LeadOf(Transaction row, int index, long company) => new()
    {
        Id = new LeadId(index + 1),
        Stage = WonStage,
        Price = row.Amount,
        Company = new CompanyId(company),
        ClosedAt = new DateTimeOffset(row.Day, TimeOnly.MinValue, TimeSpan.Zero),
    };

    private static List<TierSummary> Summarize(List<EvaluatedCustomer> customers, TierSettings settings)
    {
        var tiers = customers.ToLookup(customer => customer.Standing.Tier);
        return [.. settings.Tiers.Select(tier => new TierSummary(
            tier.Code,
            tiers[tier.Code].Count(),
            tiers[tier.Code].Sum(customer => customer.Valuation.Ltv ?? 0),
            tiers[tier.Code].Sum(customer => customer.Valuation.HistoricalLtv),
            tiers[tier.Code].Sum(customer => customer.Standing.Share)))];
    }
}
