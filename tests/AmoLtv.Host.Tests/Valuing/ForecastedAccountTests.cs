using System.Text.Json;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Tests.Valuing;

/// <summary>What a recalculation keeps beside the formula: forecasts, segments, what was learned, and why a number moved.</summary>
[Category("Slow")]
public sealed class ForecastedAccountTests
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
    public async Task Every_client_of_a_base_that_suffices_is_forecast_with_its_interval()
    {
        await BuyAsync(companies: 40);

        await _account.RecalculateAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CountAsync("true"), Is.EqualTo(40));
            Assert.That(await CountAsync("expected_value >= 0 and expected_purchases >= 0 and repeat_probability between 0 and 1"), Is.EqualTo(40));
            Assert.That(await CountAsync("value_low <= value_high and purchases_low <= purchases_high and value_probability between 0.8 and 1"), Is.EqualTo(40));
            Assert.That(await CountAsync("value_or_none or value_low > 0"), Is.EqualTo(40), "Nothing is an outcome of its own.");
            Assert.That(await CountAsync("total_ltv = historical_ltv + expected_value"), Is.EqualTo(40));
            Assert.That(await CountAsync("next_purchase <= date '2026-11-01'"), Is.Zero, "Tomorrow at the earliest.");
            Assert.That(await CountAsync("is_lost and next_purchase is not null"), Is.Zero);
            Assert.That(await CountAsync("next_purchase is not null"), Is.Positive);
        }
    }

    [Test]
    public async Task What_was_learned_is_kept_with_the_run_and_its_backtest()
    {
        await BuyAsync(companies: 40);

        await _account.RecalculateAsync();

        var (parameters, backtest, refusal) = (await _account.QueryAsync<(string, string, string?)>(
            "select parameters, backtest, refusal from account_models where account_id = @Account")).Single();
        using var report = JsonDocument.Parse(backtest);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parameters, Does.Contain("\"choice\""));
            Assert.That(report.RootElement.GetProperty("holdout").GetArrayLength(), Is.Positive);
            Assert.That(refusal, Is.Null);
            Assert.That(await _account.ScalarAsync<long>("select learned_run from account_values where account_id = @Account"), Is.EqualTo(1));
        }
    }

    [TestCase(9, "2025-01-10", "tooFewCustomers", 9, 10)]
    [TestCase(12, "2026-10-01", "tooShortHistory", 31, 183)]
    public async Task A_base_that_does_not_suffice_has_no_forecast_and_says_what_is_missing(int companies, string first, string reason, int have, int need)
    {
        await BuyAsync(companies, first);

        await _account.RecalculateAsync();

        using var refusal = JsonDocument.Parse(await _account.ScalarAsync<string>("select refusal from account_models where account_id = @Account"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.RootElement.GetProperty("reason").GetString(), Is.EqualTo(reason));
            Assert.That(refusal.RootElement.GetProperty("have").GetInt32(), Is.EqualTo(have).Within(3), "Days are counted to the as-of date.");
            Assert.That(refusal.RootElement.GetProperty("need").GetInt32(), Is.EqualTo(need));
            Assert.That(await CountAsync("coalesce(expected_value, total_ltv, expected_purchases) is not null"), Is.Zero, "Empty, not 0.");
            Assert.That(await CountAsync("lifecycle is not null and tier is not null and rfm_group is not null"), Is.EqualTo(companies));
        }
    }

    [Test]
    public async Task Total_is_the_headline_where_the_admin_chose_it()
    {
        await BuyAsync(companies: 40);
        await _account.SetAsync(settings => settings with { Headline = HeadlineKind.Total });

        await _account.RecalculateAsync();

        Assert.That(await CountAsync("ltv_kind = 'total' and ltv = greatest(total_ltv, historical_ltv)"), Is.EqualTo(40));
    }

    [Test]
    public async Task An_unchanged_account_learns_nothing_anew_and_writes_nothing()
    {
        await BuyAsync(companies: 40);
        await _account.RecalculateAsync();

        _time.Now = _time.Now.AddDays(1);
        var counts = await _account.RecalculateAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts["changed"], Is.Zero);
            Assert.That(await _account.ScalarAsync<long>("select count(*) from account_models where account_id = @Account"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_purchase_moves_the_headline_of_its_company_by_purchases_alone()
    {
        await SeldomAsync();
        await _account.RecalculateAsync();
        await _account.WinAsync(900, 500, "2026-10-20T10:00:00Z", company: 1);

        await _account.RecalculateAsync();

        Assert.That(await BridgeAsync(1), Is.EqualTo((100m, 500m, 0m, 0m, 0m)));
    }

    [Test]
    public async Task A_changed_setting_moves_headlines_by_settings_alone()
    {
        await SeldomAsync();
        await _account.RecalculateAsync();
        await _account.SetAsync(settings => settings with { Lifetime = settings.Lifetime with { FixedYears = 2 } });

        await _account.RecalculateAsync();

        var (before, purchases, bySettings, model, ageing) = await BridgeAsync(1);
        Assert.That((before, purchases, model, ageing), Is.EqualTo((100m, 0m, 0m, 0m)));
        Assert.That(bySettings, Is.Positive);
    }

    [Test]
    public async Task Leads_that_count_since_the_settings_changed_are_the_settings_doing()
    {
        await SeldomAsync();
        await _account.AddAsync(901, 143, 300, "2026-10-20T10:00:00Z", company: 1);
        await _account.RecalculateAsync();
        await _account.SetAsync(settings => settings with
        {
            WonStages = settings.WonStages with { ExtraStages = [new StageKey(new(1), new(143))] },
        });

        await _account.RecalculateAsync();

        Assert.That(await BridgeAsync(1), Is.EqualTo((100m, 0m, 300m, 0m, 0m)));
    }

    [Test]
    public async Task Time_alone_moves_headlines_by_ageing_and_the_parts_sum_to_the_difference()
    {
        await BuyAsync(companies: 40);
        await _account.SetAsync(settings => settings with { Headline = HeadlineKind.Total, Lifetime = settings.Lifetime with { FixedYears = 3 } });
        await _account.RecalculateAsync();

        _time.Now = _time.Now.AddMonths(2);
        await _account.RecalculateAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CountAsync("from_run = 2"), Is.Positive);
            Assert.That(await CountAsync("from_run = 2 and by_ageing <> 0"), Is.Positive);
            Assert.That(await CountAsync("from_run = 2 and (by_purchases <> 0 or by_settings <> 0)"), Is.Zero);
            Assert.That(
                await CountAsync("from_run = 2 and ltv - ltv_before <> by_purchases + by_settings + by_model + by_ageing"),
                Is.Zero);
        }
    }

    [Test]
    public async Task A_client_that_falls_silent_changes_its_state_by_the_day_and_the_run_counts_the_move()
    {
        await SeldomAsync();
        _time.Now = new DateTimeOffset(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
        await _account.WinAsync(902, 100, "2026-07-01T10:00:00Z", company: 50);
        await _account.RecalculateAsync();

        // 90 days assumed between purchases: silent for 1.5 of them is slipping on 14 November.
        _time.Now = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        await _account.RecalculateAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _account.ScalarAsync<string>(
                "select string_agg(lifecycle, '>' order by from_run) from customer_value_history where account_id = @Account and customer_id = 50"), Is.EqualTo("new>slipping"));
            Assert.That(await _account.ScalarAsync<int>(
                "select clients from segment_moves where account_id = @Account and run_id = 2 and segmentation = 'lifecycle' and from_segment = 'new' and to_segment = 'slipping'"), Is.EqualTo(1));
            Assert.That(await BridgeAsync(50), Is.EqualTo((100m, 0m, 0m, 0m, 0m)));
        }
    }

    [Test]
    public async Task A_date_fixed_by_hand_fixes_the_life_cycle_too()
    {
        await SeldomAsync();

        await _account.RecalculateAsync(new DateOnly(2026, 9, 20));

        Assert.That(await CountAsync("lifecycle = 'new'"), Is.EqualTo(4), "Five days after their purchase, whatever the clock says.");
    }

    [Test]
    public async Task What_was_learned_for_a_date_fixed_by_hand_serves_no_other_date()
    {
        await BuyAsync(companies: 40);
        await _account.RecalculateAsync();
        await _account.RecalculateAsync(new DateOnly(2026, 3, 1));
        await _account.RecalculateAsync();

        var learned = await _account.QueryAsync<(DateOnly, bool)>("select as_of, is_fixed from account_models where account_id = @Account order by run_id");
        Assert.That(learned, Is.EqualTo(new (DateOnly, bool)[]
        {
            (new(2026, 11, 1), false), (new(2026, 3, 1), true), (new(2026, 11, 1), false),
        }));
    }

    private Task<long> CountAsync(string condition) =>
        _account.ScalarAsync<long>($"select count(*) from customer_values where account_id = @Account and ({condition})");

    private async Task<(decimal? Before, decimal Purchases, decimal Settings, decimal Model, decimal Ageing)> BridgeAsync(long company) =>
        (await _account.QueryAsync<(decimal?, decimal, decimal, decimal, decimal)>(
            $"""
            select ltv_before, by_purchases, by_settings, by_model, by_ageing
            from customer_values
            where account_id = @Account and scope = 1 and customer_id = {company}
            """)).Single();

    /// <summary>A few companies with one purchase each: nothing to forecast from, and a lifetime that is given, so that headlines are what was bought.</summary>
    private async Task SeldomAsync()
    {
        await _account.SetAsync(settings => settings with { Lifetime = settings.Lifetime with { FixedYears = 1 } });
        for (var company = 1; company <= 4; company++)
        {
            await _account.WinAsync(company, 100, "2026-09-15T10:00:00Z", company);
        }
    }

    private async Task BuyAsync(int companies, string first = "2024-01-10")
    {
        await _account.ExecuteAsync(
            """
            insert into leads (account_id, lead_id, pipeline_id, status_id, price, company_id, created_at, updated_at, closed_at)
            select @Account, company * 100 + number, 1, 142, 1000 + 100 * (company * 31 + number * 17) % 900, company, now(), now(),
                   begun.day + number * (30 + 9 * (company % 11)) * interval '1 day'
            from generate_series(1, @Companies) company
            cross join lateral (
                select @First::timestamptz + (company - 1) * (timestamptz '2026-10-25' - @First::timestamptz) / @Companies as day) begun
            cross join generate_series(0, case when company % 3 = 0 then company % 8 else 40 end) number
            where begun.day + number * (30 + 9 * (company % 11)) * interval '1 day' < '2026-10-31'
            """,
            new { Account = _account.Id.Value, Companies = companies, First = first });
    }
}
