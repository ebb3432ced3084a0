using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.Valuing;
using Npgsql;

namespace AmoLtv.Host.Tests.Valuing;

/// <summary>Of a large base only what changed is computed anew: with the same result as if everything had been.</summary>
public sealed class LargeBaseTests
{
    // Below a thousand every change is learned from, and so all of the base valued.
    private const int Companies = 1050;

    private string _database = null!;
    private AccountRows _account = null!;
    private FixedTime _time = null!;

    // One base for all tests: each changes a little of it, and finds it consistent afterwards.
    [OneTimeSetUp]
    public async Task ValueAsync()
    {
        _database = await DatabaseServer.CreateMigratedDatabaseAsync();
        _time = new FixedTime("2026-11-21T12:00:00Z");
        _account = await AccountRows.CreateAsync(_database, _time);
        _account.Options.LargeBaseClients = 50;
        await SeedAsync();
        await _account.RecalculateAsync();
    }

    private static readonly string[] Changes =
    [
        "update leads set price = price + 50, changed_run = @Run where account_id = @Account and lead_id in (201, 202)",
        "update leads set company_id = 3, changed_run = @Run where account_id = @Account and lead_id = 401",
        "update leads set status_id = 143, changed_run = @Run where account_id = @Account and lead_id = 503",
        "update leads set is_deleted = true, changed_run = @Run where account_id = @Account and company_id = 9",
        "insert into lead_exclusions (account_id, lead_id, comment, excluded_by, excluded_at) values (@Account, 702, 'test', 'me', now())",
        "update leads set main_contact_id = 77, company_id = null, changed_run = @Run where account_id = @Account and lead_id = 801",
    ];

    [TestCaseSource(nameof(Changes))]
    public async Task A_whole_revaluation_after_a_partial_one_finds_nothing_to_change(string change)
    {
        await ChangeAsync(change);
        var counts = await _account.RecalculateAsync();

        var whole = await WholeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts["changed"], Is.InRange(1, Companies / 2), "Something changed, and not everything was computed anew.");
            Assert.That(whole.Changed, Is.Zero);
            Assert.That(
                await _account.ScalarAsync<string>("select numbers::text from account_values where account_id = @Account order by run_id desc limit 1"),
                Is.EqualTo(await JsonbAsync(whole.Account)));
            Assert.That(whole.Account.Reconciliation.Agrees, Is.True);
            Assert.That(await _account.ScalarAsync<long>("select count(*) from stale_customers where account_id = @Account"), Is.Zero);
        }
    }

    [Test]
    public async Task An_exclusion_taken_back_counts_the_lead_again()
    {
        var before = await _account.ResultsAsync();
        await ChangeAsync("insert into lead_exclusions (account_id, lead_id, comment, excluded_by, excluded_at) values (@Account, 1302, 'test', 'me', now())");
        await _account.RecalculateAsync();
        await ChangeAsync("update lead_exclusions set revoked_at = now() where account_id = @Account and lead_id = 1302");

        await _account.RecalculateAsync();

        Assert.That(await _account.ResultsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_purchase_dated_ahead_counts_when_its_day_comes()
    {
        await ChangeAsync("update leads set closed_at = '2026-11-25 10:00Z', changed_run = @Run where account_id = @Account and lead_id = 1401");
        await _account.RecalculateAsync();
        var early = await PurchasesOfAsync(14);

        _time.Now = _time.Now.AddDays(5);
        await _account.RecalculateAsync();

        Assert.That(await PurchasesOfAsync(14), Is.EqualTo(early + 1));
    }

    [Test]
    public async Task Silence_moves_clients_from_state_to_state_by_the_day()
    {
        // Bought every ten days, and silent for one and a half times that: tomorrow it is longer.
        for (var purchase = 0; purchase < 7; purchase++)
        {
            await ChangeAsync(
                $"""
                insert into leads (account_id, lead_id, pipeline_id, status_id, price, company_id, created_at, updated_at, closed_at, changed_run)
                values (@Account, {900_000 + purchase}, 1, 142, 700, 9000, now(), now(), timestamptz '{_time.Now.AddDays(-15 - (10 * purchase)):O}', @Run)
                """);
        }

        await _account.RecalculateAsync();
        var (before, learned) = (await StateAsync(9000), await LearningsAsync());
        _time.Now = _time.Now.AddDays(1);

        var counts = await _account.RecalculateAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts["changed"], Is.InRange(1, Companies / 2));
            Assert.That((before, await StateAsync(9000)), Is.EqualTo(("active", "slipping")));
            Assert.That((await WholeAsync()).Changed, Is.Zero, "Nobody was missed.");
            Assert.That(await LearningsAsync(), Is.EqualTo(learned), "Time alone is no change to learn from.");
        }
    }

    [Test]
    public async Task Moves_of_a_part_tell_of_all_clients()
    {
        await ChangeAsync("update leads set price = price * 40, changed_run = @Run where account_id = @Account and company_id = 21");
        await _account.RecalculateAsync();

        var moves = await _account.QueryAsync<(string Segmentation, long Clients, decimal Value)>(
            """
            select segmentation, sum(clients)::bigint, sum(value) from segment_moves
            where account_id = @Account and to_segment <> '' and run_id = (select max(run_id) from account_values where account_id = @Account)
            group by segmentation order by segmentation
            """);
        var (clients, value) = (await _account.QueryAsync<(long, decimal)>(
            "select count(*), sum(greatest(ltv, 0)) from customer_values where account_id = @Account and tier is not null")).Single();
        Assert.That(moves, Is.EqualTo(new (string, long, decimal)[] { ("lifecycle", clients, value), ("rfm", clients, value), ("tier", clients, value) }));
    }

    [Test]
    public async Task A_run_that_ended_between_verdicts_and_results_is_taken_up_by_the_next()
    {
        await ChangeAsync("update leads set price = price + 50, changed_run = @Run where account_id = @Account and lead_id = 1201");
        await _account.UpdateVerdictsAsync();
        var stale = await _account.ScalarAsync<long>("select count(*) from stale_customers where account_id = @Account");

        await _account.RecalculateAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stale, Is.EqualTo(1));
            Assert.That(await _account.ScalarAsync<decimal>(
                "select by_purchases from customer_values where account_id = @Account and scope = 1 and customer_id = 12"), Is.Positive);
            Assert.That((await WholeAsync()).Changed, Is.Zero);
        }
    }

    private Task<int> PurchasesOfAsync(long company) => _account.ScalarAsync<int>(
        $"select purchases from customer_values where account_id = @Account and scope = 1 and customer_id = {company}");

    private Task<string> StateAsync(long company) =>
        _account.ScalarAsync<string>($"select lifecycle from customer_values where account_id = @Account and scope = 1 and customer_id = {company}");

    private Task<long> LearningsAsync() => _account.ScalarAsync<long>("select count(*) from account_models where account_id = @Account");

    private Task<int> ChangeAsync(string sql) => _account.ExecuteAsync(sql, new { Account = _account.Id.Value, Run = _account.NextRun });

    private Task<string> JsonbAsync(AccountValuation numbers) =>
        _account.ScalarAsync<string>($"select '{System.Text.Json.JsonSerializer.Serialize(numbers, Core.Settings.SettingsJson.Options)}'::jsonb::text");

    /// <summary>Everything computed anew from the verdicts, with the rates and the learning in force, against what is stored.</summary>
    private async Task<RevaluedBase> WholeAsync()
    {
        await using var database = NpgsqlDataSource.Create(_database);
        await using var connection = await database.OpenConnectionAsync();
        var saved = await _account.Settings.GetAsync(_account.Id);
        var before = (await StoredValuationStore.FindAsync(connection, _account.Id, CancellationToken.None))!;
        var input = new RevaluationInput
        {
            Account = new ValuedAccount(_account.Id, TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"), saved.Version, saved.Settings, new HashSet<LeadId>(), []),
            Today = DateOnly.FromDateTime(_time.Now.Date),
            AsOf = before.AsOf,
            Histories = await HistoryStore.ReadAsync(connection, _account.Id, saved.Settings, null, new LeadTotals(0, 0, 0, 0, 0, 0, new Dictionary<ExclusionReason, int>()), CancellationToken.None),
            IsWhole = true,
            Stored = await StoredResultStore.ReadAsync(connection, _account.Id, before.AsOf, 0, null, CancellationToken.None),
            Stale = [],
            Leads = await VerdictStore.TotalsAsync(connection, _account.Id, CancellationToken.None),
            Before = before,
            SettingsBefore = saved.Settings,
            ChangedSince = 0,
            Borders = before.Borders,
        };
        return BaseRevaluation.Of(input, AccountRates.From(before.Rates!, before.AsOf, ChannelCosts.None), before.Learned!);
    }

    private Task<int> SeedAsync() => _account.ExecuteAsync(
        """
        insert into leads (account_id, lead_id, pipeline_id, status_id, price, company_id, main_contact_id, created_at, updated_at, closed_at)
        select @Account, company * 100 + number, 1, 142, 1000 + 100 * (company * 31 + number * 17) % 900, company,
               case when company % 5 = 0 then 1000 + company end, now(), now(),
               timestamptz '2024-01-10 10:00Z' + (company % 7) * interval '3 days' + number * (35 + 9 * (company % 11)) * interval '1 day'
        from generate_series(1, @Companies) company, generate_series(0, 2 + company % 4) number
        """,
        new { Account = _account.Id.Value, Companies });
}
