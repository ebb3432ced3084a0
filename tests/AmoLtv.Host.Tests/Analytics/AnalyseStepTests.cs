using AmoLtv.Core.Settings;
using AmoLtv.Host.Analytics;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Valuing;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>Documents of the analyses: made together, kept per run, by the run that holds the account alone.</summary>
[Category("Slow")]
public sealed class AnalyseStepTests
{
    private static readonly string[] Kinds =
        [.. typeof(AnalysisKinds).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    private string _database = null!;
    private AnalysedRows _rows = null!;

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync() => _database = await DatabaseServer.CreateMigratedDatabaseAsync();

    [SetUp]
    public async Task ConnectAccountAsync() => _rows = await AnalysedRows.CreateAsync(_database, new FixedTime("2026-11-21T12:00:00Z"));

    [TearDown]
    public async Task DisposeAsync() => await _rows.DisposeAsync();

    [Test]
    public async Task An_account_without_leads_has_every_document_and_they_say_nothing()
    {
        await _rows.Account.RecalculateAsync();

        var counts = await _rows.AnalyseAsync();

        Assert.That(counts["analyses"], Is.EqualTo(Kinds.Length));
        Assert.That(await KindsAsync(), Is.EquivalentTo(Kinds));
        Assert.That((await _rows.DocumentAsync("scenario")).GetProperty("inputs").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        Assert.That((await _rows.DocumentAsync("cohorts")).GetProperty("months").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task An_account_that_was_never_valued_is_told_to_be_valued_first() =>
        Assert.That(async () => await _rows.AnalyseAsync(), Throws.TypeOf<CommandFailedException>().With.Message.Contains("amoltv recalculate"));

    [Test]
    public async Task Sums_over_channels_segments_and_managers_are_the_value_of_the_base()
    {
        await _rows.Account.SetAsync(settings => settings with { Channel = new ChannelSettings { Kind = ChannelKind.Source } });
        for (var lead = 1; lead <= 30; lead++)
        {
            await _rows.WinAsync(
                lead, 100.37m * lead, $"2025-{1 + (lead % 12):00}-10", lead % 5 == 0 ? null : 10 + (lead % 7), 50 + (lead % 4), lead % 3, lead % 2 == 0 ? "ads" : null);
        }

        await _rows.Account.RecalculateAsync();
        await _rows.AnalyseAsync();

        var value = await _rows.Account.ScalarAsync<decimal>(
            "select sum(greatest(ltv, 0)) from customer_values where account_id = @Account and scope in (1, 3)");
        var segments = await _rows.DocumentAsync("segments");
        var channels = await _rows.DocumentAsync("channels");
        var managers = await _rows.DocumentAsync("managers");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(segments.GetProperty("value").GetDecimal(), Is.EqualTo(value));
            foreach (var way in new[] { "tiers", "rfm", "lifecycle" })
            {
                Assert.That(segments.GetProperty(way).EnumerateArray().Sum(row => row.GetProperty("value").GetDecimal()), Is.EqualTo(value), way);
            }

            Assert.That(channels.GetProperty("channels").EnumerateArray().Sum(row => row.GetProperty("value").GetDecimal()), Is.EqualTo(value));
            Assert.That(
                managers.GetProperty("managers").EnumerateArray().Sum(row => row.GetProperty("holds").GetProperty("value").GetDecimal()), Is.EqualTo(value));
        }
    }

    [Test]
    public async Task Amounts_of_cohorts_and_months_are_what_was_bought()
    {
        for (var lead = 1; lead <= 20; lead++)
        {
            await _rows.WinAsync(lead, 100.37m * lead, $"2025-{1 + (lead % 12):00}-10", company: 10 + (lead % 7));
        }

        await _rows.Account.RecalculateAsync();
        await _rows.AnalyseAsync();

        var bought = await _rows.Account.ScalarAsync<decimal>(
            "select sum(historical_ltv) from customer_values where account_id = @Account and scope in (1, 3)");
        var cohorts = await _rows.DocumentAsync("cohorts");
        using (Assert.EnterMultipleScope())
        {
            foreach (var period in new[] { "months", "quarters" })
            {
                Assert.That(
                    cohorts.GetProperty(period).EnumerateArray().Sum(row => row.GetProperty("amounts").EnumerateArray().Sum(amount => amount.GetDecimal())),
                    Is.EqualTo(bought), period);
            }

            Assert.That(
                (await _rows.DocumentAsync("series")).GetProperty("months").EnumerateArray().Sum(month => month.GetProperty("revenue").GetDecimal()), Is.EqualTo(bought));
        }
    }

    [Test]
    public async Task Amounts_are_margins_where_the_account_has_costs()
    {
        await _rows.Account.SetAsync(settings => settings with { Cost = new CostSettings { Kind = CostKind.FixedMargin, MarginPercent = 35 } });
        await _rows.WinAsync(1, 1000, "2026-03-01", company: 10);
        await _rows.WinAsync(2, 100, "2026-04-01", company: 11);

        await _rows.Account.RecalculateAsync();
        await _rows.AnalyseAsync();

        var months = (await _rows.DocumentAsync("cohorts")).GetProperty("months").EnumerateArray().ToList();
        Assert.That(months.ConvertAll(row => row.GetProperty("amounts")[0].GetDecimal()), Is.EqualTo(new[] { 350m, 35m }));
    }

    [Test]
    public async Task A_run_that_was_replaced_writes_nothing()
    {
        await _rows.Account.RecalculateAsync();
        await _rows.SetAsync("update accounts set epoch = 9 where account_id = @Account");

        Assert.That(async () => await _rows.AnalyseAsync(run: 5, epoch: 8), Throws.TypeOf<RunFencedException>());

        Assert.That(await KindsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_cancelled_run_writes_nothing()
    {
        await _rows.Account.RecalculateAsync();

        Assert.That(async () => await _rows.AnalyseAsync(cancellationToken: new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(await KindsAsync(), Is.Empty);
    }

    [Test]
    public async Task Analysing_again_in_a_run_replaces_its_documents()
    {
        await _rows.Account.RecalculateAsync();
        await _rows.AnalyseAsync(run: 7);
        await _rows.WinAsync(1, 100, "2026-03-01", company: 10);
        await _rows.Account.RecalculateAsync();

        await _rows.AnalyseAsync(run: 7);

        Assert.That(await _rows.Account.ScalarAsync<long>("select count(*) from account_analyses where account_id = @Account"), Is.EqualTo(Kinds.Length));
        Assert.That((await _rows.DocumentAsync("segments")).GetProperty("clients").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Documents_of_sixty_runs_are_kept()
    {
        await _rows.Account.RecalculateAsync();
        await _rows.SetAsync(
            """
            insert into account_analyses (account_id, run_id, kind, document, calculated_at)
            select @Account, run, 'managers', '{}', now() from generate_series(1, 60) run;
            insert into account_analyses values (8, 1, 'managers', '{}', now());
            """);

        await _rows.AnalyseAsync(run: 90);

        Assert.That(
            await _rows.Account.QueryAsync<long>("select distinct run_id from account_analyses where account_id = @Account order by 1"),
            Is.EqualTo(Enumerable.Range(2, 59).Append(90).Select(run => (long)run)));
        Assert.That(await _rows.Account.ScalarAsync<long>("select count(*) from account_analyses where account_id = 8"), Is.EqualTo(1));
        await _rows.SetAsync("delete from account_analyses where account_id = 8");
    }

    [Test]
    public async Task An_analysis_that_fails_leaves_the_others_and_is_told()
    {
        await _rows.Account.RecalculateAsync();
        await _rows.SetAsync(
            "insert into account_analyses (account_id, run_id, kind, document, calculated_at) values (@Account, 1, 'segments', '[]', now())");

        var failure = await Assert.ThrowsAsync<IncompleteStepException>(() => _rows.AnalyseAsync());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure!.Message, Does.Contain("segments"));
            Assert.That(failure.Counts["analyses"], Is.EqualTo(Kinds.Length - 1));
            Assert.That(
                await _rows.Account.QueryAsync<string>("select kind from account_analyses where account_id = @Account and run_id > 1"),
                Is.EquivalentTo(Kinds.Where(kind => kind != "segments")));
        }
    }

    private Task<List<string>> KindsAsync() => _rows.Account.QueryAsync<string>("select kind from account_analyses where account_id = @Account");
}
