using System.Globalization;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests;

/// <summary>Short ways to write leads and value them.</summary>
internal static class Leads
{
    public static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

    public static readonly StageKey WonStage = new(new PipelineId(1), StageKey.Won);

    public static readonly DateOnly Today = new(2026, 11, 21);

    public static Lead Won(long id, decimal? price, string closed = "2026-03-01", long? company = 10, long? contact = null) => new()
    {
        Id = new LeadId(id),
        Stage = WonStage,
        Price = price,
        ClosedAt = At(closed),
        Company = company is { } owner ? new CompanyId(owner) : null,
        MainContact = contact is { } person ? new ContactId(person) : null,
    };

    public static StageKey Stage(long status, long pipeline = 1) => new(new PipelineId(pipeline), new StatusId(status));

    /// <summary>A moment; a day alone is its noon in Moscow.</summary>
    public static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text.Contains('T', StringComparison.Ordinal) ? text : text + "T09:00:00Z", CultureInfo.InvariantCulture);

    public static LeadVerdict Classify(Lead lead, AccountSettings? settings = null, long? excludedByHand = null) =>
        new LeadClassifier(
            settings ?? new AccountSettings(),
            Moscow,
            excludedByHand is { } taken ? new HashSet<LeadId> { new(taken) } : new HashSet<LeadId>(),
            Today).Classify(lead);

    /// <summary>The whole way from leads to numbers, as the service takes it.</summary>
    public static AccountReport Value(IEnumerable<Lead> leads, AccountSettings? settings = null, DateOnly? asOf = null, IEnumerable<ChannelSpend>? spend = null)
    {
        var chosen = settings ?? new AccountSettings();
        var classifier = new LeadClassifier(chosen, Moscow, new HashSet<LeadId>(), asOf ?? Today);
        var verdicts = leads.Select(classifier.Classify).ToList();
        var date = AccountDays.AsOf(Today, verdicts.Where(verdict => verdict.Kind == VerdictKind.Purchase).Max(verdict => verdict.Day), asOf);
        var counted = verdicts.ConvertAll(verdict => verdict.Within(AccountDays.PeriodStart(date, chosen.PeriodMonths)));
        return AccountReport.Of(CustomerHistory.From(counted), LeadTotals.Of(counted), chosen, date, spend ?? []);
    }

    public static CustomerValuation Of(this AccountReport report, long customer, CustomerScope scope = CustomerScope.Company) =>
        report.Customers.Single(value => value.Key == new CustomerKey(scope, customer));
}
