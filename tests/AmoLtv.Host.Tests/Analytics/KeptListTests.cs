using AmoLtv.Core.Settings;
using AmoLtv.Host.Tests.Valuing;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>What a run keeps for the lists: only what differs is written, and what is gone goes.</summary>
[TestFixture, Category("Slow")]
public sealed class KeptListTests
{
    private const string Rows =
        """
        select md5(string_agg(row, ',' order by row)) from (
            select scope || ':' || customer_id || ':' || xmin as row from analysed_clients where account_id = @Account
            union all select list || lead_id || ':' || xmin from analysed_leads where account_id = @Account) rows
        """;

    private string _database = null!;
    private AnalysedRows _rows = null!;

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync() => _database = await DatabaseServer.CreateMigratedDatabaseAsync();

    [SetUp]
    public async Task BuyAsync()
    {
        _rows = await AnalysedRows.CreateAsync(_database, new FixedTime("2026-11-21T22:30:00Z"));
        await _rows.Account.SetAsync(settings => settings with { Headline = HeadlineKind.Historical });
        await _rows.CompanyAsync(10, user: 6);
        await _rows.WinAsync(1, 100, "2026-01-10", company: 10, user: 5);
        await _rows.WinAsync(2, 50, "2026-03-01", contact: 20, user: 5);
        await _rows.Account.AddAsync(3, 143, 70, "2026-04-01T10:00:00Z", company: 10);
        await _rows.Account.AddAsync(4, 143, 70, "2025-04-01T10:00:00Z", company: 10);
        await _rows.Account.RecalculateAsync();
        await _rows.AnalyseAsync();
    }

    [TearDown]
    public async Task DisposeAsync() => await _rows.DisposeAsync();

    [Test]
    public async Task Analysis_of_an_unchanged_account_writes_no_row_of_a_list()
    {
        var before = await _rows.Account.ScalarAsync<string>(Rows);

        await _rows.AnalyseAsync();

        Assert.That(await _rows.Account.ScalarAsync<string>(Rows), Is.EqualTo(before));
    }

    [Test]
    public async Task Lists_hold_clients_and_the_leads_of_twelve_months()
    {
        Assert.That(
            await _rows.Account.QueryAsync<string>("select scope || ':' || customer_id || ' ' || value || ' ' || coalesce(responsible_user_id, 0) from analysed_clients where account_id = @Account order by 1"),
            Is.EqualTo(["1:10 100.00 6", "3:20 50.00 0"]));
        Assert.That(
            await _rows.Account.QueryAsync<string>("select list || ' ' || lead_id || ' ' || day || ' ' || amount from analysed_leads where account_id = @Account order by lead_id"),
            Is.EqualTo(["won 1 2026-01-10 100.00", "won 2 2026-03-01 50.00", "lost 3 2026-04-01 70.00"]));
    }

    [Test]
    public async Task Client_that_is_none_any_more_leaves_the_list_and_a_changed_one_changes()
    {
        await _rows.SetAsync(
            """
            delete from leads where account_id = @Account and lead_id = 2;
            delete from lead_verdicts where account_id = @Account and lead_id = 2;
            delete from customer_results where account_id = @Account and scope in (2, 3);
            update customer_results set ltv = 300 where account_id = @Account and customer_id = 10;
            """);

        await _rows.AnalyseAsync();

        Assert.That(await _rows.Account.QueryAsync<string>("select scope || ':' || customer_id || ' ' || value from analysed_clients where account_id = @Account"), Is.EqualTo(["1:10 300.00"]));
        Assert.That(await _rows.Account.ScalarAsync<long>("select count(*) from analysed_leads where account_id = @Account and list = 'won'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Base_has_one_row_a_local_day_the_last_one_of_it()
    {
        await _rows.SetAsync("update customer_results set ltv = 300 where account_id = @Account and customer_id = 10");
        await _rows.AnalyseAsync();

        // Half past one in Moscow is the next day.
        Assert.That(
            await _rows.Account.QueryAsync<string>("select day || ' ' || clients || ' ' || value from base_days where account_id = @Account"), Is.EqualTo(["2026-11-22 2 350.00"]));
    }

    [Test]
    public async Task Run_that_was_replaced_changes_no_list()
    {
        var before = await _rows.Account.ScalarAsync<string>(Rows);
        await _rows.SetAsync("update accounts set epoch = 99 where account_id = @Account; update customer_results set ltv = 300 where account_id = @Account");

        Assert.That(async () => await _rows.AnalyseAsync(run: 500, epoch: 98), Throws.TypeOf<AmoLtv.Host.Running.RunFencedException>());

        Assert.That(await _rows.Account.ScalarAsync<string>(Rows), Is.EqualTo(before));
    }
}
