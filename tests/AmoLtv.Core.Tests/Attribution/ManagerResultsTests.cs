using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using FsCheck;
using FsCheck.Fluent;

namespace AmoLtv.Core.Tests.Attribution;

public sealed class ManagerResultsTests
{
    private static readonly Period October = new(new(2026, 10, 1), new(2026, 10, 31));

    [TestCase("2026-10-01", "2026-10-31", "2026-09-01")]
    [TestCase("2026-02-01", "2026-02-28", "2026-01-01")]
    [TestCase("2026-01-01", "2026-12-31", "2025-01-01")]
    [TestCase("2026-07-01", "2026-09-30", "2026-04-01")]
    [TestCase("2026-10-10", "2026-10-19", "2026-09-30")]
    [TestCase("2026-10-15", "2026-11-14", "2026-09-14")]
    [TestCase("2026-10-01", "2026-10-01", "2026-09-30")]
    public void The_earlier_period_is_as_long_and_ends_the_day_before(string from, string to, string earlierFrom)
    {
        var earlier = new Period(Day(from), Day(to)).Earlier;

        Assert.That((earlier.From, earlier.To), Is.EqualTo((Day(earlierFrom), Day(from).AddDays(-1))));
    }

    [Test]
    public void A_period_does_not_end_before_it_starts() =>
        Assert.That(() => new Period(new(2026, 2, 1), new(2026, 1, 1)), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void A_purchase_was_won_by_the_responsible_of_its_lead_whoever_has_the_client_now()
    {
        var results = Of([Purchase(1, user: 7, "2026-10-05", 100), Purchase(1, user: 7, "2026-10-06", -30, isCreditNote: true), Purchase(1, user: 7, "2026-09-30", 999)], [Client(1, user: 8, 500)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(results.Select(result => result.User?.Value), Is.EqualTo(new long?[] { 7, 8 }));
            Assert.That(results[0].Won, Is.EqualTo(new ManagerWins(1, 70)));
            Assert.That(results[0].Holds.Clients, Is.Zero);
            Assert.That(results[1].Won, Is.EqualTo(new ManagerWins(0, 0)));
        }
    }

    [Test]
    public void Growth_is_against_the_equal_period_before_and_tells_new_clients_apart()
    {
        var grew = Of(
            [
                Purchase(1, user: 7, "2026-09-15", 100), Purchase(1, user: 9, "2026-10-15", 150),
                Purchase(2, user: 7, "2026-09-15", 80),
                Purchase(3, user: 7, "2026-10-15", 60),
                Purchase(4, user: 7, "2020-01-01", 5), Purchase(4, user: 7, "2026-10-31", 10),
                Purchase(5, user: 7, "2026-08-31", 1000),
            ],
            [Client(1, 8, 0), Client(2, 8, 0), Client(3, 8, 0), Client(4, 8, 0), Client(5, 8, 0)]).Single(result => result.User == new UserId(8)).Grew;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(grew, Is.EqualTo(new ManagerGrowth(220, 180, 60, GrownClients: 3, ShrunkClients: 1)));
            Assert.That(grew.Increase, Is.EqualTo(40));
            Assert.That(grew.IncreaseOfKnownClients, Is.EqualTo(-20));
        }
    }

    [Test]
    public void Holdings_are_the_clients_of_today_and_active_are_those_not_yet_slipping()
    {
        var holds = Of([],
            [
                Client(1, 8, 100, LifecycleState.New), Client(2, 8, 200, LifecycleState.Active),
                Client(3, 8, 40, LifecycleState.Slipping), Client(4, 8, 20, LifecycleState.Dormant), Client(5, 8, 9, LifecycleState.Lost),
            ]).Single().Holds;

        Assert.That(holds, Is.EqualTo(new ManagerHoldings(5, 369, 2, 300, 2, 60)));
    }

    [Test]
    public void Contacts_of_companies_count_nothing_twice() =>
        Assert.That(
            Of([Purchase(1, 7, "2026-10-05", 100) with { Client = new CustomerKey(CustomerScope.Contact, 1) }],
                [Client(1, 7, 100) with { Key = new CustomerKey(CustomerScope.Contact, 1) }]),
            Is.Empty);

    [Test]
    public void Rows_sum_to_the_account_and_order_is_irrelevant() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), seeds =>
            {
                var random = seeds.Select(seed => new Random(seed)).ToList();
                var purchases = random.ConvertAll(next => Purchase(next.Next(1, 9), next.Next(3) == 0 ? null : next.Next(1, 5), Text(next.Next(90)), next.Next(-500, 5000) / 100m));
                var clients = Enumerable.Range(1, 8).Select(id => Client(id, id % 4 == 0 ? null : id % 3, 10.5m * id, (LifecycleState)((id % 5) + 1))).ToList();
                var results = Of(purchases, clients);
                return results.Sum(result => result.Won.Value) == purchases.Where(purchase => October.Contains(purchase.Day)).Sum(purchase => purchase.Value)
                    && results.Sum(result => result.Grew.Value) == results.Sum(result => result.Won.Value)
                    && results.Sum(result => result.Grew.EarlierValue) == purchases.Where(purchase => October.Earlier.Contains(purchase.Day)).Sum(purchase => purchase.Value)
                    && results.Sum(result => result.Holds.Value) == clients.Sum(client => client.Value)
                    && results.Sum(result => result.Holds.Clients) == clients.Count
                    && results.SequenceEqual(Of(purchases.AsEnumerable().Reverse(), [.. clients.AsEnumerable().Reverse()]));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(120));

    private static IReadOnlyList<ManagerResult> Of(IEnumerable<ManagedPurchase> purchases, IReadOnlyCollection<ManagedClient> clients) =>
        ManagerResults.Of(purchases, clients, October);

    private static ManagedPurchase Purchase(long client, long? user, string day, decimal value, bool isCreditNote = false) =>
        new(new CustomerKey(CustomerScope.Company, client), User(user), Day(day), value, isCreditNote);

    private static ManagedClient Client(long id, long? user, decimal value, LifecycleState state = LifecycleState.Active) =>
        new(new CustomerKey(CustomerScope.Company, id), User(user), state, value);

    private static UserId? User(long? id) => id is { } number ? new UserId(number) : null;

    private static string Text(int day) => new DateOnly(2026, 8, 10).AddDays(day).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
