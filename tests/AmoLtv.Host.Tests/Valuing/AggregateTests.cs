using System.Diagnostics;
using System.Globalization;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Valuing;
using Npgsql;

namespace AmoLtv.Host.Tests.Valuing;

/// <summary>The set's form of the rules says what Core's says, on an account with a bit of everything, and fast enough.</summary>
[Category("Slow")]
public sealed class AggregateTests
{
    private static readonly FieldId Cost = new(77);

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
    public async Task Sql_sums_what_core_sums()
    {
        await SeedAsync(leads: 3000, companies: 200);
        await _account.SetAsync(settings => settings with
        {
            Cost = new CostSettings { Kind = CostKind.Field, Field = Cost },
            Returns = [new ReturnStage(StageOf(600), ReturnKind.CreditNote), new ReturnStage(StageOf(601), ReturnKind.Reversal)],
            Channel = new ChannelSettings { Kind = ChannelKind.Source },
            Cac = new CacSettings { Kind = CacKind.ChannelTable },
            PeriodMonths = 24,
        });
        await _account.ExecuteAsync("insert into channel_spend values (@Account, 'ads', '2024-03-01', 50000), (@Account, 'seo', '2024-04-01', 900)");

        await _account.RecalculateAsync();

        var expected = await ByCoreAsync();
        var values = await _account.QueryAsync<string>(
            """
            select concat_ws('|', scope, customer_id, purchases, revenue, credit_notes, margin, historical_ltv, ltv, formula_ltv,
                             first_purchase, last_purchase, relationship_months, channel, cac, payback_months)
            from customer_values where account_id = @Account order by scope, customer_id
            """);
        var standings = await _account.QueryAsync<(short, long, string)>(
            "select scope, customer_id, tier from customer_values where account_id = @Account and tier is not null order by scope, customer_id");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(values, Is.EqualTo(expected.Customers.Select(TextOf)));
            Assert.That(standings, Is.EqualTo(expected.Standings.OrderBy(place => place.Key.Scope).ThenBy(place => place.Key.Id).Select(place => ((short)place.Key.Scope, place.Key.Id, place.Tier))));
            Assert.That(
                await _account.ScalarAsync<string>("select numbers ->> 'formulaLtv' from account_values where account_id = @Account"),
                Is.EqualTo(expected.Account.FormulaLtv!.Value.ToString(CultureInfo.InvariantCulture)));
            Assert.That(
                await _account.ScalarAsync<bool>("select (numbers #>> '{reconciliation,agrees}')::boolean from account_values where account_id = @Account"),
                Is.True);
        }
    }

    [Test, Category("Slow")]
    public async Task A_hundred_thousand_leads_are_valued_without_holding_them_in_memory()
    {
        await SeedAsync(leads: 100_000, companies: 20_000);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();

        var counts = await _account.RecalculateAsync();

        var first = watch.Elapsed;
        var again = await _account.RecalculateAsync();
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{counts["leads"]:N0} leads, {counts["customers"]:N0} customers: {first.TotalSeconds:0.0} s, again unchanged {(watch.Elapsed - first).TotalSeconds:0.0} s; "
            + $"managed {before / 1e6:0} MB before, {GC.GetTotalMemory(forceFullCollection: false) / 1e6:0} MB after, process peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
        Assert.That((counts["leads"], again["changed"]), Is.EqualTo((100_000L, 0L)));
        Assert.That(first, Is.LessThan(TimeSpan.FromMinutes(3)));
    }

    /// <summary>Leads with everything that may go wrong: other stages, no amount, no company, returns, costs here and there.</summary>
    private Task<int> SeedAsync(int leads, int companies) => _account.ExecuteAsync(
        """
        select setseed(0.5);
        insert into leads (account_id, lead_id, pipeline_id, status_id, price, company_id, main_contact_id, created_at, updated_at, closed_at, fields, source)
        select @Account, id, 1,
               (array[142, 142, 142, 142, 142, 143, 200, 600, 601, 142])[1 + floor(random() * 10)::int],
               case when random() < 0.05 then null else round((random() * 100000)::numeric, 2) end,
               case when random() < 0.15 then null else 1 + floor(random() * random() * @Companies) end,
               case when random() < 0.4 then null else 1 + floor(random() * @Companies / 2) end,
               '2020-01-01', '2020-01-01',
               '2021-01-01'::timestamptz + random() * interval '2100 days',
               case when random() < 0.7 then jsonb_build_object('77', round((random() * 40000)::numeric, 2)::text) else '{}' end,
               (array['ads', 'seo', null])[1 + floor(random() * 3)::int]
        from generate_series(1, @Leads) id;
        insert into stage_entries (account_id, lead_id, pipeline_id, status_id, entered_at)
        select account_id, lead_id, pipeline_id, status_id, closed_at from leads where account_id = @Account and status_id = 600;
        analyze leads;
        """,
        new { Account = _account.Id.Value, Leads = leads, Companies = companies });

    private async Task<AccountReport> ByCoreAsync()
    {
        await using var database = NpgsqlDataSource.Create(_database);
        var settings = (await _account.Settings.GetAsync(_account.Id)).Settings;
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
        var today = AccountDays.DayOf(_time.Now, zone);
        var classifier = new LeadClassifier(settings, zone, new HashSet<LeadId>(), today);
        var verdicts = new List<LeadVerdict>();
        var everything = new VerdictScope(null, IsWhole: true, IsBasisNew: false);
        await foreach (var (lead, _) in new LeadStore(database).StreamAsync(_account.Id, everything, new HashSet<LeadId>(), today, [Cost], sampleOf: 1, CancellationToken.None))
        {
            verdicts.Add(classifier.Classify(lead));
        }

        var asOf = AccountDays.AsOf(today, verdicts.Where(verdict => verdict.Kind == VerdictKind.Purchase).Max(verdict => verdict.Day), null);
        var counted = verdicts.ConvertAll(verdict => verdict.Within(AccountDays.PeriodStart(asOf, settings.PeriodMonths)));
        return AccountReport.Of(CustomerHistory.From(counted), LeadTotals.Of(counted), settings, asOf,
            [new("ads", new(2024, 3, 1), 50000), new("seo", new(2024, 4, 1), 900)]);
    }

    private static string TextOf(Core.Valuation.CustomerValuation value)
    {
        object?[] columns =
        [
            (int)value.Key.Scope, value.Key.Id, value.Purchases, Money(value.Revenue), Money(value.CreditNotes), Money(value.Margin),
            Money(value.HistoricalLtv), Money(value.Ltv), Money(value.FormulaLtv),
            value.Relationship?.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            value.Relationship?.Last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            value.Relationship?.Months, value.Channel, Money(value.Cac), value.PaybackMonths,
        ];
        return string.Join('|', columns.Where(column => column is not null));
    }

    private static string? Money(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture);

    private static StageKey StageOf(long status) => new(new PipelineId(1), new StatusId(status));
}
