using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Valuing;
using AmoLtv.Host.Valuing.Previewing;
using Npgsql;

namespace AmoLtv.Host.Tests.Valuing;

[Category("Slow")]
public sealed class PreviewTests
{
    private string _connectionString = null!;
    private NpgsqlDataSource _database = null!;
    private AccountRows _account = null!;
    private FixedTime _time = null!;

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync()
    {
        _connectionString = await DatabaseServer.CreateMigratedDatabaseAsync();
        _database = NpgsqlDataSource.Create(_connectionString);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _database.DisposeAsync();

    [SetUp]
    public async Task ConnectAccountAsync()
    {
        _time = new FixedTime("2026-11-21T12:00:00Z");
        _account = await AccountRows.CreateAsync(_connectionString, _time);
    }

    /// <summary>What a draft shows must be what saving it then does: in every number of the account and of each client shown.</summary>
    [TestCase("headline=historical")]
    [TestCase("periodMonths=12")]
    [TestCase("customer=contactOnly")]
    [TestCase("customer=companyOnly")]
    [TestCase("cost.kind=fixedMargin", "cost.marginPercent=40")]
    [TestCase("wonStages.extraStages=1:300", "returns=1:400:creditNote")]
    [TestCase("returns=1:400:reversal", "lifetime.fixedYears=2", "tiers.names=Gold,Rest", "tiers.thresholds=50")]
    [TestCase("channel.kind=source", "cac.kind=channelTable")]
    public async Task A_preview_is_what_a_recalculation_then_gives(params string[] assignments)
    {
        await FillAsync();
        await _account.RecalculateAsync();
        var before = await PreviewAsync((await _account.Settings.GetAsync(_account.Id)).Settings);
        var change = SettingAssignments.Parse(assignments);
        var preview = await PreviewAsync(change.ApplyTo(new AccountSettings()));

        await _account.SetAsync(change.ApplyTo);
        await _account.RecalculateAsync();

        Assert.That(Text(preview.Old), Is.EqualTo(Text(before.New)));
        await EqualsStoredAsync(preview);
    }

    [Test]
    public async Task A_preview_names_excluded_leads_with_their_reasons_old_and_new()
    {
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10);
        await _account.AddAsync(2, 300, 50, null, company: 10, pipeline: 1);
        await _account.ExecuteAsync("insert into stage_entries values (@Account, 2, 1, 300, '2026-05-01T10:00:00Z')");

        var preview = await PreviewAsync(SettingAssignments.Parse(["wonStages.extraStages=1:300"]).ApplyTo(new AccountSettings()));

        var client = preview.Clients.Single();
        Assert.That(client.Leads.Select(lead => (lead.Id, lead.Old.Reason, lead.New.Reason)), Is.EqualTo(new (long, string?, string?)[] { (2, "notWon", null), (1, null, null) }));
        Assert.That((client.Old!.Purchases, client.New!.Purchases, client.New.Bought), Is.EqualTo((1, 2, 150m)));
        Assert.That((preview.Old.Excluded["notWon"], preview.New.Purchases, preview.New.Excluded), Is.EqualTo((1, 2, new Dictionary<string, int>())));
    }

    [Test]
    public async Task Five_different_clients_are_shown_and_stay_while_the_draft_changes()
    {
        await FillAsync();

        var one = await PreviewAsync(new AccountSettings { Headline = HeadlineKind.Historical });
        var other = await PreviewAsync(new AccountSettings { PeriodMonths = 3 });

        Assert.That(one.Clients.Select(client => (client.Kind, client.Id)).Distinct().Count(), Is.EqualTo(5));
        Assert.That(one.Clients[0].Why, Is.EqualTo("largest"));
        Assert.That(other.Clients.Select(client => (client.Why, client.Id)), Is.EqualTo(one.Clients.Select(client => (client.Why, client.Id))));
    }

    [Test]
    public async Task A_preview_says_what_was_not_read_from_the_crm_yet()
    {
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10);

        var preview = await PreviewAsync(new AccountSettings { AmountField = new FieldId(7) });

        Assert.That(preview.Unread, Is.EqualTo(new[] { new UnreadValue(EntityType.Lead, new FieldId(7), null) }));
        Assert.That((preview.Old.Purchases, preview.New.Purchases), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Wrong_settings_are_not_previewed() =>
        Assert.That(async () => await PreviewAsync(new AccountSettings { HorizonMonths = 2 }), Throws.TypeOf<InvalidSettingsException>());

    [Test]
    public async Task An_account_without_leads_has_an_empty_preview()
    {
        var preview = await PreviewAsync(new AccountSettings());

        Assert.That((preview.Clients.Count, preview.New.Purchases, preview.New.MeanLtv, preview.IsWhole), Is.EqualTo((0, 0, (decimal?)null, true)));
    }

    [Test]
    public async Task A_large_account_is_previewed_on_whole_customers_taken_by_chance()
    {
        await _account.ExecuteAsync(
            """
            insert into leads (account_id, lead_id, pipeline_id, status_id, price, company_id, created_at, updated_at, closed_at)
            select @Account, number, 1, 142, 10, number / 4, '2020-01-01', '2020-01-01', '2026-01-01'::timestamptz + number * interval '1 minute'
            from generate_series(4, 60003) number
            """);

        var preview = await PreviewAsync(new AccountSettings { Headline = HeadlineKind.Historical });

        Assert.That((preview.IsWhole, preview.TotalLeads), Is.EqualTo((false, 60000)));
        Assert.That(preview.Leads, Is.InRange(15_000, 25_000));
        Assert.That(preview.New.Purchases, Is.EqualTo(4 * preview.New.Clients), "a customer is taken with all its leads");
    }

    private async Task EqualsStoredAsync(PreviewAnswer preview)
    {
        var (revenue, purchases, clients) = (await _account.QueryAsync<(decimal, int, int)>(
            """
            select (numbers #>> '{leads,revenue}')::numeric, (numbers #>> '{leads,purchases}')::int, (numbers ->> 'clientsEver')::int
            from account_values where account_id = @Account order by run_id desc limit 1
            """)).Single();
        var stored = (await _account.QueryAsync<(short Scope, long Id, decimal? Ltv, decimal Bought, int Purchases, string? Tier, decimal? Cac)>(
            """
            select scope, customer_id, ltv, historical_ltv, purchases, tier, cac
            from customer_values where account_id = @Account and to_run is null and scope <> 2
            """)).ToDictionary(row => (row.Scope == 1 ? "company" : "contact", row.Id));
        Assert.That((preview.New.Revenue, preview.New.Purchases, preview.New.Clients), Is.EqualTo((revenue, purchases, clients)));
        Assert.That(preview.New.SumLtv, Is.EqualTo(stored.Values.Sum(row => Math.Max(0, row.Ltv ?? 0))));
        foreach (var client in preview.Clients)
        {
            Assert.That(client.New is null, Is.EqualTo(!stored.ContainsKey((client.Kind, client.Id))));
            if (client.New is { } shown)
            {
                var row = stored[(client.Kind, client.Id)];
                Assert.That((shown.Ltv, shown.Bought, shown.Purchases, shown.Tier, shown.Cac), Is.EqualTo((row.Ltv, row.Bought, row.Purchases, row.Tier, row.Cac)));
            }
        }
    }

    /// <summary>Fourteen clients of every kind, with leads that count by some settings and not by others.</summary>
    private async Task FillAsync()
    {
        await _account.ExecuteAsync("insert into channel_spend values (@Account, 'ads', '2025-01-01', 900), (@Account, 'seo', '2025-02-01', 300)");
        long lead = 0;
        for (var company = 1; company <= 10; company++)
        {
            for (var purchase = 0; purchase < 1 + (company % 4); purchase++)
            {
                await _account.WinAsync(
                    ++lead, 100 * company, $"2025-{1 + ((company + (2 * purchase)) % 12):00}-{5 + purchase:00}T10:00:00Z",
                    company, contact: company % 3 == 0 ? 900 + company : null, source: company % 2 == 0 ? "ads" : "seo");
            }
        }

        await _account.WinAsync(++lead, 70, "2026-10-05T10:00:00Z", contact: 801, source: "ads");
        await _account.WinAsync(++lead, 80, "2026-09-05T10:00:00Z", contact: 802);
        await _account.WinAsync(++lead, 90, "2026-08-05T10:00:00Z", contact: 802);
        await _account.WinAsync(++lead, 60, "2026-08-06T10:00:00Z");
        await _account.WinAsync(++lead, 0, "2026-08-06T10:00:00Z", company: 1);
        await _account.AddAsync(++lead, 143, 500, "2026-08-06T10:00:00Z", company: 2);
        await _account.AddAsync(++lead, 300, 40, null, company: 3);
        await _account.ExecuteAsync($"insert into stage_entries values (@Account, {lead}, 1, 300, '2026-05-01T10:00:00Z')");
        await _account.AddAsync(++lead, 400, 30, null, company: 4);
        await _account.ExecuteAsync($"insert into stage_entries values (@Account, {lead}, 1, 400, '2026-05-02T10:00:00Z')");
    }

    private async Task<PreviewAnswer> PreviewAsync(AccountSettings draft)
    {
        var leads = new LeadStore(_database);
        using var kept = new PreviewedLeads(leads);
        using var reader = new PreviewReader(
            _database, _account.Settings, new ValuedAccountStore(_database, _account.Settings), new UnreadValueStore(_database), kept, _time);
        return await reader.ReadAsync(_account.Id, draft, CancellationToken.None);
    }

    private static string Text<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, SettingsJson.Options);
}
