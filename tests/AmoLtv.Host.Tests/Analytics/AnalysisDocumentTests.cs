using System.Globalization;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Tests.Valuing;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>Each document against a base small enough to be worked out by hand; LTV is what was bought, the date 1 November 2026.</summary>
[Category("Slow")]
public sealed class AnalysisDocumentTests
{
    private static readonly DateOnly AsOf = new(2026, 11, 1);

    private string _database = null!;
    private AnalysedRows _rows = null!;

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync() => _database = await DatabaseServer.CreateMigratedDatabaseAsync();

    [SetUp]
    public async Task BuyAsync()
    {
        _rows = await AnalysedRows.CreateAsync(_database, new FixedTime("2026-11-21T12:00:00Z"));
        await _rows.Account.SetAsync(settings => settings with { Headline = HeadlineKind.Historical });
        await _rows.CompanyAsync(10, user: 6);
        await _rows.CompanyAsync(11, user: 5);
        await _rows.WinAsync(1, 100, "2025-01-10", company: 10, user: 5);
        await _rows.WinAsync(2, 200, "2026-03-10", company: 10, user: 6);
        await _rows.WinAsync(3, 300, "2026-05-05", company: 11, user: 5);
        await _rows.WinAsync(4, 50, "2025-03-01", contact: 20);
    }

    [TearDown]
    public async Task DisposeAsync() => await _rows.DisposeAsync();

    [Test]
    public async Task Managers_won_by_their_leads_and_grow_and_hold_their_clients()
    {
        await AnalyseAsync("update customer_results set lifecycle = case when customer_id = 10 then 'slipping' end where account_id = @Account");

        var managers = await _rows.DocumentAsync("managers");

        Assert.That((Text(managers, "from"), Text(managers, "to")), Is.EqualTo(("2025-11-02", "2026-11-01")));
        Assert.That(managers.GetProperty("managers").EnumerateArray().Select(Summary), Is.EqualTo(new[]
        {
            "user 5: won 1 for 300, grew 300 from 0 of which new 300, holds 1 worth 300, slipping 0",
            "user 6: won 1 for 200, grew 200 from 100 of which new 0, holds 1 worth 300, slipping 300",
            "user : won 0 for 0, grew 0 from 50 of which new 0, holds 1 worth 50, slipping 0",
        }));

        static string Summary(JsonElement row)
        {
            var (won, grew, holds) = (row.GetProperty("won"), row.GetProperty("grew"), row.GetProperty("holds"));
            return $"user {row.GetProperty("user")}: won {Number(won, "purchases")} for {Number(won, "value")}, grew {Number(grew, "value")} "
                + $"from {Number(grew, "earlierValue")} of which new {Number(grew, "fromNewClients")}, "
                + $"holds {Number(holds, "clients")} worth {Number(holds, "value")}, slipping {Number(holds, "slippingValue")}";
        }
    }

    [Test]
    public async Task Channels_are_held_against_their_spend()
    {
        await _rows.Account.SetAsync(settings => settings with
        {
            Channel = new ChannelSettings { Kind = ChannelKind.Source },
            Cac = new CacSettings { Kind = CacKind.ChannelTable, TargetRatio = 4 },
        });
        await _rows.SetAsync("update leads set source = 'ads' where account_id = @Account and company_id is not null");
        await _rows.SetAsync("insert into channel_spend values (@Account, 'ads', '2025-01-01', 30), (@Account, 'ads', '2026-05-01', 50)");

        await AnalyseAsync();

        var ads = (await _rows.DocumentAsync("channels")).GetProperty("channels")[0];
        // Company 10 came in January 2025 for 30, company 11 in May 2026 for 50; together 600 for 80.
        Assert.That(
            (Text(ads, "channel"), Number(ads, "clients"), Number(ads, "spend"), Number(ads, "value"), Number(ads, "cac"), Number(ads, "ltvToCac"), Number(ads, "allowableCac"), Number(ads, "headroom")),
            Is.EqualTo(("ads", 2m, 80m, 600m, 40m, 7.5m, 75m, 70m)));
    }

    [Test]
    public async Task Lost_leads_weigh_the_LTV_of_their_client_by_the_stage_they_were_seen_to_leave()
    {
        await _rows.Account.AddAsync(7, 143, 40, "2026-02-01T10:00:00Z", company: 10);
        await _rows.Account.AddAsync(8, 143, null, "2026-02-02T10:00:00Z", company: 10);
        await _rows.Account.AddAsync(9, 143, 70, "2024-02-02T10:00:00Z", company: 11);
        await _rows.SetAsync("update leads set loss_reason_id = 3 where account_id = @Account and lead_id = 7");
        await _rows.SetAsync("insert into lead_losses values (@Account, 7, 1, 301, '2026-02-01T10:00:00Z')");

        await AnalyseAsync();

        var losses = await _rows.DocumentAsync("losses");
        var stages = losses.GetProperty("losses").GetProperty("byStage").EnumerateArray().ToList();
        var reasons = losses.GetProperty("losses").GetProperty("byReason").EnumerateArray().ToList();
        Assert.That((Number(losses, "leads"), Number(losses, "leadsWithStage")), Is.EqualTo((2m, 1m)), "The third was lost too long ago.");
        Assert.That(
            stages.ConvertAll(row => (row.GetProperty("stage").ToString(), Number(row, "weight"), Number(row, "amount"))),
            Is.EquivalentTo(new[] { ("""{"pipeline":1,"status":301}""", 150m, 40m), ("", 150m, 0m) }));
        Assert.That(reasons.ConvertAll(row => row.GetProperty("reason").ToString()), Is.EquivalentTo(new[] { "3", "" }));
    }

    [Test]
    public async Task Drivers_tell_the_clients_and_value_behind_each_level()
    {
        await _rows.Account.SetAsync(settings => settings with
        {
            Drivers = new DriverSettings { CompanyFields = [new FieldId(71)], LeadFields = [new FieldId(81)] },
        });
        await _rows.SetAsync("update companies set fields = jsonb_build_object('71', case company_id when 10 then ' retail' else 'retail' end) where account_id = @Account");
        await _rows.SetAsync("update leads set fields = jsonb_build_object('81', lead_id::text) where account_id = @Account and lead_id in (1, 2, 3)");
        await _rows.SetAsync("insert into custom_fields values (@Account, 2, 81, 'Score', null, 'numeric')");

        await AnalyseAsync();

        var drivers = (await _rows.DocumentAsync("drivers")).GetProperty("drivers").EnumerateArray().ToDictionary(row => Text(row, "name"));
        Assert.That(drivers.Keys, Is.EquivalentTo(new[] { "channel", "manager", "firstPurchase", "pipeline", "company:71", "lead:81" }));
        Assert.That(Levels("company:71"), Is.EqualTo(new[] { "retail: 2 worth 600" }));
        Assert.That(Levels("pipeline"), Is.EqualTo(new[] { "1: 3 worth 650" }));
        Assert.That(Levels("manager"), Is.EquivalentTo(new[] { "5: 1 worth 300", "6: 1 worth 300" }));
        // The score of the first purchase: lead 1 of company 10, lead 3 of company 11.
        Assert.That(Levels("lead:81"), Is.EquivalentTo(new[] { "1: 1 worth 300", "3: 1 worth 300" }));

        IEnumerable<string> Levels(string name) => drivers[name].GetProperty("levels").EnumerateArray()
            .Select(level => $"{Text(level, "level")}: {Number(level, "clients")} worth {Number(level, "value")}");
    }

    [Test]
    public async Task Cohorts_follow_clients_from_their_first_quarter()
    {
        await AnalyseAsync();

        var quarters = (await _rows.DocumentAsync("cohorts")).GetProperty("quarters").EnumerateArray().ToList();

        Assert.That(quarters.ConvertAll(row => row.ToString()), Is.EqualTo(new[]
        {
            """{"start":"2025-01-01","clients":2,"active":[2,0,0,0,1,0,0,0],"amounts":[150.00,0,0,0,200.00,0,0,0]}""",
            """{"start":"2026-04-01","clients":1,"active":[1,0,0],"amounts":[300.00,0,0]}""",
        }));
    }

    [Test]
    public async Task Retention_says_why_it_knows_nothing_of_renewals()
    {
        await AnalyseAsync();

        var renewals = (await _rows.DocumentAsync("retention")).GetProperty("renewals");

        Assert.That((Text(renewals, "refusal"), renewals.GetProperty("model").ValueKind), Is.EqualTo(("tooFewCustomers", JsonValueKind.Null)));
    }

    [Test]
    public async Task Renewals_are_counted_by_whole_years_and_forecast()
    {
        // Twelve companies that came in June 2022: all renew the first time, six the second, and of these three the third.
        for (var company = 100; company < 112; company++)
        {
            await _rows.WinAsync(company, 10, "2022-06-01", company);
            await _rows.WinAsync(company + 1000, 10, "2023-07-01", company);
            await WinIfAsync(company < 106, company + 2000, "2024-07-01", company);
            await WinIfAsync(company < 103, company + 3000, "2025-07-01", company);
        }

        await AnalyseAsync();

        var renewals = (await _rows.DocumentAsync("retention")).GetProperty("renewals");
        Assert.That(
            renewals.GetProperty("observed").EnumerateArray().Select(row => (Number(row, "renewal"), Number(row, "atRisk"), Number(row, "renewed"))),
            Is.EqualTo(new[] { (1m, 12m, 12m), (2m, 12m, 6m), (3m, 6m, 3m) }));
        Assert.That(Number(renewals, "holding"), Is.EqualTo(6), "Three that renewed three times, and the three that have not had a second year.");
        Assert.That(renewals.GetProperty("forecast").EnumerateArray().Select(left => left.GetDouble()), Is.Ordered.Descending.And.All.InRange(0, 6));
    }

    [Test]
    public async Task Segments_tell_what_changed_since_the_run_before()
    {
        await AnalyseAsync("update customer_results set rfm_group = case when scope = 1 then 'loyal' else 'lost' end where account_id = @Account");
        await _rows.WinAsync(30, 400, "2026-06-01", company: 12);
        await AnalyseAsync(
            """
            update customer_results set rfm_group = case when scope = 1 and customer_id <> 10 then 'loyal' else 'lost' end
            where account_id = @Account
            """);

        var segments = await _rows.DocumentAsync("segments");

        Assert.That(segments.GetProperty("previousRun").GetInt64(), Is.EqualTo(101));
        Assert.That(segments.GetProperty("rfm").EnumerateArray().Select(Summary), Is.EqualTo(new[]
        {
            "loyal: 2 worth 700, change 0 and 100", "lost: 2 worth 350, change 1 and 300",
        }));

        static string Summary(JsonElement row) =>
            $"{Text(row, "segment")}: {Number(row, "clients")} worth {Number(row, "value")}, change {Number(row, "clientsChange")} and {Number(row, "valueChange")}";
    }

    [Test]
    public async Task Clients_that_were_not_cut_yet_stand_together()
    {
        await AnalyseAsync("update customer_results set tier = null, rfm_group = null, lifecycle = null where account_id = @Account");

        var segments = await _rows.DocumentAsync("segments");

        foreach (var way in new[] { "tiers", "rfm", "lifecycle" })
        {
            var only = segments.GetProperty(way).EnumerateArray().Single();
            Assert.That((Text(only, "segment"), Number(only, "clients"), Number(only, "value")), Is.EqualTo(("unknown", 3m, 650m)), way);
        }
    }

    [Test]
    public async Task Clients_near_the_next_tier_tell_what_they_miss()
    {
        await _rows.Account.SetAsync(settings => settings with
        {
            Tiers = new TierSettings { Rule = TierRule.Money, Tiers = [new("A", "A", "#111111", 310), new("B", "B", "#222222", 60), new("C", "C", "#333333", null)] },
        });

        await AnalyseAsync();

        var near = await _rows.DocumentAsync("nearTiers");
        Assert.That(
            near.GetProperty("clients").EnumerateArray().Select(row => (row.GetProperty("key").GetProperty("id").GetInt64(), Text(row, "nextTier"), Number(row, "missing"))),
            Is.EqualTo(new[] { (10L, "A", 10m), (11L, "A", 10m) }));
    }

    [Test]
    public async Task Series_holds_whole_months_and_forecasts_the_horizon()
    {
        await AnalyseAsync();

        var series = await _rows.DocumentAsync("series");

        // January 2025 to October 2026.
        var months = series.GetProperty("months").EnumerateArray().ToList();
        Assert.That((Text(months[0], "month"), months.Count), Is.EqualTo(("2025-01-01", 22)));
        Assert.That((Number(months[14], "revenue"), Number(months[14], "purchases")), Is.EqualTo((200m, 1m)));
        Assert.That(months.Sum(month => month.GetProperty("purchases").GetInt32()), Is.EqualTo(4));
        Assert.That(series.GetProperty("forecast").EnumerateArray().Select(month => Text(month, "month")), Has.Exactly(12).Items.And.Some.EqualTo("2026-11-01"));
        Assert.That(series.GetProperty("scores")[0].GetProperty("method").GetString(), Is.EqualTo(Text(series, "method")));
        Assert.That(series.GetProperty("revenueSeasons").GetProperty("indices").GetArrayLength(), Is.EqualTo(12));
    }

    [TestCase(null, false)]
    [TestCase(120.0, true)]
    public async Task Scenario_begins_with_the_numbers_of_today(double? expected, bool hasForecast)
    {
        await AnalyseAsync($"update customer_results set expected_value = {expected?.ToString(CultureInfo.InvariantCulture) ?? "null"} where account_id = @Account and customer_id = 10");

        var inputs = (await _rows.DocumentAsync("scenario")).GetProperty("inputs");

        // Four purchases for 650; of three clients one came in the last twelve months.
        Assert.That(Number(inputs, "averageOrderValue"), Is.EqualTo(162.5m));
        Assert.That(inputs.GetProperty("newClientsPerMonth").GetDouble(), Is.EqualTo(1.0 / 12).Within(1e-12));
        Assert.That(Number(inputs, "knownClientsValue") == 120, Is.EqualTo(hasForecast), "The horizon is twelve months.");
    }

    private async Task AnalyseAsync(string? afterValuing = null)
    {
        await _rows.Account.RecalculateAsync(AsOf);
        if (afterValuing is not null)
        {
            await _rows.SetAsync(afterValuing);
        }

        await _rows.AnalyseAsync();
    }

    private Task WinIfAsync(bool wins, long lead, string day, long company) =>
        wins ? _rows.WinAsync(lead, 10, day, company) : Task.CompletedTask;

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    /// <summary>0 where there is no number.</summary>
    private static decimal Number(JsonElement row, string name) =>
        row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? Math.Round(number.GetDecimal(), 6) / 1.000000000000000000m : 0;
}
