using AmoLtv.Core.Settings;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Tests.Valuing;

[Category("Slow")]
public sealed class RecalculateStepTests
{
    private string _database = null!;
    private AccountRows _account = null!;
    private FixedTime _time = null!;

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync() => _database = await DatabaseServer.CreateMigratedDatabaseAsync();

    [SetUp]
    public async Task ConnectAccountAsync()
    {
        _time = new FixedTime("2026-11-21T12:00:00Z");
        _account = await AccountRows.CreateAsync(_database, _time);
    }

    [Test]
    public async Task A_company_has_its_purchases_summed_and_its_formula_floored()
    {
        await _account.WinAsync(1, 100.50m, "2026-03-01T10:00:00Z", company: 10);
        await _account.WinAsync(2, 200.25m, "2026-05-01T10:00:00Z", company: 10);
        await _account.AddAsync(3, 143, 900, "2026-05-02T10:00:00Z", company: 10);

        await _account.RecalculateAsync();

        var value = (await _account.QueryAsync<(int Purchases, decimal Revenue, decimal Aov, decimal Ltv, decimal Historical, DateOnly First, DateOnly Last, int Months)>(
            """
            select purchases, revenue, average_order_value, ltv, historical_ltv, first_purchase, last_purchase, relationship_months
            from customer_values where account_id = @Account and scope = 1 and customer_id = 10
            """)).Single();
        Assert.That(value, Is.EqualTo((2, 300.75m, 150.38m, 902.25m, 300.75m, new DateOnly(2026, 3, 1), new DateOnly(2026, 5, 1), 8)));
    }

    [Test]
    public async Task Every_lead_has_a_verdict_with_its_reason()
    {
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10, contact: 20);
        await _account.WinAsync(2, 0, "2026-03-01T10:00:00Z", company: 10);
        await _account.WinAsync(3, 100, "2026-03-01T10:00:00Z");
        await _account.WinAsync(4, 100, null, company: 10);
        await _account.AddAsync(5, 777, 100, null, company: 10);
        await _account.WinAsync(6, 100, "2026-03-01T10:00:00Z", company: 10);
        await _account.ExecuteAsync("update leads set is_deleted = true where account_id = @Account and lead_id = 6");

        await _account.RecalculateAsync();

        var verdicts = await _account.QueryAsync<(long Lead, string? Reason)>(
            "select lead_id, reason from lead_verdicts where account_id = @Account order by lead_id");
        Assert.That(verdicts, Is.EqualTo(new (long, string?)[]
        {
            (1, null), (2, "noAmount"), (3, "noCustomer"), (4, "noDate"), (5, "notWon"), (6, "deleted"),
        }));
    }

    [Test]
    public async Task Contacts_are_clients_by_their_purchases_without_a_company_alone()
    {
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10, contact: 20);
        await _account.WinAsync(2, 50, "2026-04-01T10:00:00Z", contact: 20);

        await _account.RecalculateAsync();

        var values = await _account.QueryAsync<(short Scope, long Customer, decimal Revenue)>(
            "select scope, customer_id, revenue from customer_values where account_id = @Account order by scope");
        var clients = await _account.QueryAsync<(short Scope, string Tier)>(
            "select scope, tier from customer_values where account_id = @Account and tier is not null order by scope");
        Assert.That(values, Is.EqualTo(new (short, long, decimal)[] { (1, 10, 100), (2, 20, 150), (3, 20, 50) }));
        Assert.That(clients, Is.EqualTo(new (short, string)[] { (1, "A"), (3, "A") }));
    }

    [Test]
    public async Task Nothing_is_written_when_nothing_changed()
    {
        await SeedAsync();
        await _account.RecalculateAsync();
        var before = await _account.QueryAsync<string>("select ctid::text || tableoid from customer_results where account_id = @Account order by 1");

        _time.Now = _time.Now.AddDays(5);
        var counts = await _account.RecalculateAsync();

        Assert.That(counts["changed"], Is.Zero);
        Assert.That(
            await _account.QueryAsync<string>("select ctid::text || tableoid from customer_results where account_id = @Account order by 1"),
            Is.EqualTo(before));
    }

    [Test]
    public async Task A_changed_result_begins_a_new_row_and_ends_the_old_one()
    {
        // Fifths of a base would move with each other's purchases.
        await _account.SetAsync(settings => settings with { Rfm = new RfmSettings { RecencyDays = [30, 90, 180, 365], Purchases = [2, 3, 4, 7], Value = [10, 20, 30, 40] } });
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10);
        await _account.WinAsync(2, 100, "2026-03-01T10:00:00Z", company: 11);
        await _account.RecalculateAsync();
        await _account.WinAsync(3, 40, "2026-04-01T10:00:00Z", company: 10);

        var counts = await _account.RecalculateAsync();

        Assert.That(counts["changed"], Is.EqualTo(1));
        Assert.That(await HistoryAsync(), Is.EqualTo(new (long, long, long?, decimal)[] { (10, 1, 2, 100), (10, 2, null, 140), (11, 1, null, 100) }));
    }

    [Test]
    public async Task A_customer_whose_purchases_vanished_ends_without_a_new_row()
    {
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10);
        await _account.RecalculateAsync();
        await _account.ExecuteAsync("update leads set status_id = 500, closed_at = null where account_id = @Account");

        var counts = await _account.RecalculateAsync();

        Assert.That(counts["changed"], Is.EqualTo(1));
        Assert.That(await HistoryAsync(), Is.EqualTo(new (long, long, long?, decimal)[] { (10, 1, 2, 100) }));
    }

    [TestCase("delete from leads where account_id = @Account and lead_id = 99")]
    [TestCase("update leads set status_id = 500, closed_at = null where account_id = @Account and lead_id = 99")]
    [TestCase("update leads set is_deleted = true where account_id = @Account and lead_id = 99")]
    public async Task A_purchase_taken_away_leaves_the_numbers_as_if_it_had_never_been_there(string change)
    {
        await SeedAsync();
        await _account.RecalculateAsync();
        var without = await _account.ResultsAsync();
        await _account.WinAsync(99, 5000, "2026-02-03T10:00:00Z", company: 3);
        await _account.RecalculateAsync();
        var with = await _account.ResultsAsync();

        await _account.ExecuteAsync(change);
        await _account.RecalculateAsync();

        Assert.That(with, Is.Not.EqualTo(without));
        Assert.That(await _account.ResultsAsync(), Is.EqualTo(without));
    }

    [Test]
    public async Task A_purchase_moved_to_another_company_leaves_the_first_as_if_it_had_never_been_there()
    {
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10);
        await _account.WinAsync(2, 60, "2026-03-05T10:00:00Z", company: 11);
        await _account.RecalculateAsync();

        await _account.ExecuteAsync("update leads set company_id = 11 where account_id = @Account and lead_id = 1");
        await _account.RecalculateAsync();

        Assert.That(
            await _account.QueryAsync<(long, decimal)>("select customer_id, revenue from customer_values where account_id = @Account"),
            Is.EqualTo(new (long, decimal)[] { (11, 160) }));
    }

    [Test]
    public async Task A_run_that_was_replaced_writes_nothing()
    {
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10);
        await _account.ExecuteAsync("update accounts set epoch = 5 where account_id = @Account");

        Assert.That(async () => await _account.RecalculateAsync(epoch: 4), Throws.TypeOf<RunFencedException>());

        Assert.That(await _account.ScalarAsync<long>(
            """
            select (select count(*) from customer_results where account_id = @Account)
                + (select count(*) from lead_verdicts where account_id = @Account)
                + (select count(*) from account_values where account_id = @Account)
            """), Is.Zero);
    }

    [Test]
    public async Task A_changed_currency_stops_the_recalculation_until_it_is_confirmed()
    {
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10);
        await _account.RecalculateAsync();
        await _account.ExecuteAsync("update accounts set currency = 'USD' where account_id = @Account");

        Assert.That(
            async () => await _account.RecalculateAsync(),
            Throws.TypeOf<CommandFailedException>().With.Message.Contains("from RUB to USD").And.Message.Contains("confirm-currency"));

        await _account.ExecuteAsync("update accounts set confirmed_currency = currency where account_id = @Account");
        Assert.That(async () => await _account.RecalculateAsync(), Throws.Nothing);
    }

    [TestCase("amountField=77")]
    [TestCase("returns=1:600:creditNote")]
    public async Task Settings_that_need_values_not_read_yet_leave_the_results_as_they_are(string assignment)
    {
        await SeedAsync();
        await _account.RecalculateAsync();
        var before = await _account.ResultsAsync();
        var change = SettingAssignments.Parse([assignment]);
        await _account.Settings.ChangeAsync(_account.Id, change.ApplyTo, "test", null, CancellationToken.None);

        Assert.That(
            async () => await _account.RecalculateAsync(),
            Throws.TypeOf<CommandFailedException>().With.Message.Contains("not read yet").And.Message.Contains("amoltv sync"));

        Assert.That(await _account.ResultsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Days_are_cut_in_the_time_zone_of_the_account()
    {
        await _account.WinAsync(1, 100, "2026-03-01T20:59:59Z", company: 10);
        await _account.WinAsync(2, 100, "2026-03-01T21:00:00Z", company: 11);

        await _account.RecalculateAsync();

        Assert.That(
            await _account.QueryAsync<DateOnly>("select first_purchase from customer_values where account_id = @Account order by customer_id"),
            Is.EqualTo(new[] { new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 2) }));
    }

    [Test]
    public async Task A_period_limits_the_sums_and_leaves_the_relationship_whole()
    {
        await _account.WinAsync(1, 100, "2022-03-01T10:00:00Z", company: 10);
        await _account.WinAsync(2, 70, "2026-05-01T10:00:00Z", company: 10);
        await _account.WinAsync(3, 70, "2022-05-01T10:00:00Z", company: 11);
        await _account.SetAsync(settings => settings with { PeriodMonths = 12 });

        await _account.RecalculateAsync();

        var values = await _account.QueryAsync<(long, int, decimal, DateOnly, decimal?, string?)>(
            "select customer_id, purchases, revenue, first_purchase, ltv, no_formula_reason from customer_values where account_id = @Account order by customer_id");
        Assert.That(values[0], Is.EqualTo((10L, 1, 70m, new DateOnly(2022, 3, 1), values[0].Item5, (string?)null)));
        Assert.That(values[1], Is.EqualTo((11L, 0, 0m, new DateOnly(2022, 5, 1), (decimal?)null, "noPurchasesInPeriod")));
        Assert.That(
            await _account.QueryAsync<(short, string?, bool)>("select kind, reason, is_in_period from lead_verdicts where account_id = @Account order by lead_id"),
            Is.EqualTo(new (short, string?, bool)[] { (1, "outsidePeriod", false), (1, null, true), (1, "outsidePeriod", false) }));
    }

    [Test]
    public async Task Purchases_after_a_date_fixed_by_hand_do_not_count()
    {
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10);
        await _account.WinAsync(2, 70, "2026-05-01T10:00:00Z", company: 10);

        await _account.RecalculateAsync(new DateOnly(2026, 4, 15));

        Assert.That(await _account.ScalarAsync<decimal>("select revenue from customer_values where account_id = @Account"), Is.EqualTo(100));
        Assert.That(await _account.ScalarAsync<DateOnly>("select as_of from account_values where account_id = @Account"), Is.EqualTo(new DateOnly(2026, 4, 15)));
    }

    [Test]
    public async Task An_account_without_leads_is_valued_and_says_so()
    {
        var counts = await _account.RecalculateAsync();

        Assert.That(counts["customers"], Is.Zero);
        Assert.That(await _account.ScalarAsync<string>("select numbers ->> 'clients' from account_values where account_id = @Account"), Is.EqualTo("0"));
        Assert.That(await _account.ScalarAsync<DateTime?>("select valued_at from accounts where account_id = @Account"), Is.Not.Null);
    }

    [Test]
    public async Task Another_account_is_left_alone()
    {
        await _account.ExecuteAsync(
            """
            insert into stale_customers values (8, 1, 1, false);
            insert into lead_verdicts (account_id, lead_id, kind) values (8, 1, 0);
            insert into leads (account_id, lead_id, pipeline_id, status_id, price, company_id, created_at, updated_at, closed_at)
            values (8, 5, 1, 142, 100, 10, now(), now(), '2026-01-01');
            """);
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10);

        await _account.RecalculateAsync();

        Assert.That(await _account.ScalarAsync<decimal>("select revenue from customer_values where account_id = @Account"), Is.EqualTo(100));
        Assert.That(
            await _account.ScalarAsync<long>("select (select count(*) from stale_customers where account_id = 8) + (select count(*) from lead_verdicts where account_id = 8)"),
            Is.EqualTo(2));
    }

    private Task<List<(long Customer, long From, long? To, decimal Revenue)>> HistoryAsync() =>
        _account.QueryAsync<(long, long, long?, decimal)>(
            "select customer_id, from_run, ended_by_run, revenue from customer_value_history where account_id = @Account order by customer_id, from_run");

    private async Task SeedAsync()
    {
        for (var lead = 1; lead <= 12; lead++)
        {
            await _account.WinAsync(lead, 100 + (lead * 7), $"2025-{lead:00}-10T10:00:00Z", company: 1 + (lead % 4), contact: 50 + (lead % 3));
        }
    }
}
