using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using FsCheck;
using FsCheck.Fluent;
using static AmoLtv.Core.Tests.Leads;

namespace AmoLtv.Core.Tests.Valuation;

/// <summary>What must hold between the numbers of any account, whatever its leads.</summary>
public sealed class RelationTests
{
    private static readonly AccountSettings Settings = new()
    {
        Returns = [new ReturnStage(Stage(600), ReturnKind.CreditNote), new ReturnStage(Stage(601), ReturnKind.Reversal)],
        Cost = new CostSettings { Kind = CostKind.Field, Field = new FieldId(77) },
    };

    [Test]
    public void Order_of_leads_is_irrelevant() => ForAccounts(leads =>
        Text(Value(leads, Settings)) == Text(Value(leads.AsEnumerable().Reverse(), Settings)));

    [Test]
    public void A_deleted_lead_equals_one_that_was_never_there() => ForAccounts(leads =>
        Numbers(Value([.. leads.Select((lead, index) => index % 3 == 0 ? lead with { IsDeleted = true } : lead)], Settings))
            == Numbers(Value(leads.Where((_, index) => index % 3 != 0), Settings)));

    [Test]
    public void Sums_over_clients_equal_sums_over_purchases() => ForAccounts(leads =>
    {
        var report = Value(leads, Settings);
        var verdicts = leads.ConvertAll(lead => Classify(lead, Settings));
        var revenue = verdicts.Sum(verdict => verdict.Kind switch { VerdictKind.Purchase => verdict.Amount, VerdictKind.CreditNote => -verdict.Amount, _ => 0 });
        return report.Account.Reconciliation.Agrees && report.Account.Revenue == revenue
            && report.Account.Leads.Excluded.Values.Sum() == verdicts.Count(verdict => verdict.Kind == VerdictKind.Excluded);
    });

    [Test]
    public void The_headline_is_never_below_what_was_bought() => ForAccounts(leads =>
        Value(leads, Settings).Customers.All(customer => customer.Ltv is null || customer.Ltv >= customer.HistoricalLtv));

    [Test]
    public void Shares_sum_to_the_base_and_tiers_fall_with_the_rank() => ForAccounts(leads =>
    {
        var standings = Value(leads, Settings).Standings;
        var shares = standings.Sum(standing => standing.Share);
        return (shares == 0 || Math.Abs(shares - 1) < 1e-9)
            && standings.Select(standing => standing.Rank).SequenceEqual(Enumerable.Range(1, standings.Count))
            && standings.Zip(standings.Skip(1)).All(pair => string.CompareOrdinal(pair.First.Tier, pair.Second.Tier) <= 0);
    });

    [Test]
    public void One_more_purchase_raises_what_was_bought_by_its_amount() => ForAccounts(leads =>
    {
        var plain = new AccountSettings();
        var more = Value([.. leads, Won(100_000, 55.55m, "2026-01-15", company: 3)], plain);
        return more.Account.Revenue == Value(leads, plain).Account.Revenue + 55.55m;
    });

    private static void ForAccounts(Func<List<Lead>, bool> holds) =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int[]>(),
                seeds => holds([.. seeds.Select((seed, index) => LeadOf(new Random(seed), index + 1))]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(120));

    private static Lead LeadOf(Random random, long id)
    {
        var stage = random.Next(10) switch { 0 => Stage(600), 1 => Stage(601), 2 => Stage(200), _ => WonStage };
        var day = new DateOnly(2023, 1, 1).AddDays(random.Next(1390));
        var price = random.Next(12) == 0 ? (decimal?)null : random.Next(1, 1_000_000) / 100m;
        return Won(id, price, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            random.Next(4) == 0 ? null : random.Next(1, 9), random.Next(3) == 0 ? null : random.Next(1, 6)) with
        {
            Stage = stage,
            Entries = [new StageEntry(Stage(600), At("2025-05-05"))],
            Fields = random.Next(3) > 0 ? new Dictionary<FieldId, string> { [new FieldId(77)] = random.Next(1, 5000).ToString(System.Globalization.CultureInfo.InvariantCulture) } : [],
        };
    }

    private static string Text(AccountReport report) => Numbers(report) + System.Text.Json.JsonSerializer.Serialize(report.Account, SettingsJson.Options);

    private static string Numbers(AccountReport report) => string.Join('\n', [.. report.Customers.Cast<object>(), .. report.Standings.Cast<object>()]);
}
