using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using FsCheck;
using FsCheck.Fluent;

namespace AmoLtv.Core.Tests.Segmentation;

/// <summary>Clients written in a line, and random bases of them.</summary>
internal static class Bases
{
    public static readonly DateOnly AsOf = new(2026, 11, 1);

    public static CustomerValuation Client(
        long id, decimal? ltv, int purchases = 1, int silentDays = 30, int knownDays = 365, double gap = 90, CustomerScope scope = CustomerScope.Company)
    {
        var last = AsOf.AddDays(-silentDays);
        return new CustomerValuation
        {
            Key = new CustomerKey(scope, id),
            Purchases = purchases,
            Revenue = ltv ?? 0,
            CreditNotes = 0,
            HistoricalLtv = ltv ?? 0,
            LifetimeYears = 3,
            Headline = new Headline(ltv, HeadlineKind.Formula, IsFloored: false),
            Relationship = new Relationship(purchases > 1 ? last.AddDays(-knownDays) : last, last, new TypicalGap(gap, GapSource.Account), AsOf),
        };
    }

    public static CustomerValuation Of(Random random, long id)
    {
        // Few different sums, so that equal clients are common.
        decimal? ltv = random.Next(12) switch { 0 => null, 1 => -random.Next(100), < 6 => 100 * random.Next(1, 4), _ => random.Next(1, 5_000_000) / 100m };
        var client = Client(id, ltv, random.Next(1, 9), random.Next(900), random.Next(1, 1000), random.Next(7, 200));
        return random.Next(10) switch
        {
            0 => client with { Key = new CustomerKey(CustomerScope.DirectContact, id) },
            1 => client with { Key = new CustomerKey(CustomerScope.Contact, id) },
            2 => client with { NoFormulaReason = NoFormulaReason.ReturnsExceedPurchases },
            3 => client with { Relationship = null, Headline = Headline.Nothing },
            _ => client,
        };
    }

    public static void ForAll(Func<List<CustomerValuation>, bool> holds) =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int[]>(),
                seeds => holds([.. seeds.Select((seed, index) => Of(new Random(seed), index + 1))]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(120));

    public static void ForPairs(Func<List<CustomerValuation>, List<CustomerValuation>, bool> holds) =>
        ForAll(clients => holds(
            clients.FindAll(client => client.Key.Id % 5 != 0),
            [.. clients.Where(client => client.Key.Id % 7 != 0).Select(client => client.Key.Id % 3 == 0 ? Of(new Random((int)client.Key.Id), client.Key.Id) : client)]));

    public static decimal ValueOf(IEnumerable<CustomerValuation> clients) =>
        clients.Where(IsInBase).Sum(client => client.NoFormulaReason is null ? Math.Max(0, client.Ltv ?? 0) : 0);

    public static bool IsInBase(CustomerValuation client) => client.Key.Scope != CustomerScope.Contact && client.Relationship is not null;
}
