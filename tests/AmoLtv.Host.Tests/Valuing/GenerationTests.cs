using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Tests.Valuing;

/// <summary>Where most of a base changes a generation begins: history stays as it was written, and nobody is valued twice.</summary>
public sealed class GenerationTests
{
    private AccountRows _account = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _account = await AccountRows.CreateAsync(await DatabaseServer.CreateMigratedDatabaseAsync(), new FixedTime("2026-11-21T12:00:00Z"));

        // What was bought, far apart: a customer's result and segments depend on its own purchases alone.
        await _account.SetAsync(settings => settings with { Headline = HeadlineKind.Historical, Lifetime = settings.Lifetime with { FixedYears = 3 } });
        for (var company = 1; company <= 4; company++)
        {
            await _account.WinAsync(company, 1000 * company, "2026-03-01T10:00:00Z", company);
        }

        await _account.RecalculateAsync();
    }

    [Test]
    public async Task When_most_results_change_the_old_rows_stay_as_they_were_and_the_others_are_carried_over()
    {
        var old = await RowsAsync("customer_id <= 3");
        await ReduceAsync(3);

        await _account.RecalculateAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await RowsAsync("customer_id <= 3 and from_run = 1"), Is.EqualTo(old), "Ended without a write.");
            Assert.That(await HistoryAsync(), Is.EqualTo(new (long, long, long?)[]
            {
                (1, 1, 2), (1, 2, null), (2, 1, 2), (2, 2, null), (3, 1, 2), (3, 2, null), (4, 1, null),
            }));
            Assert.That(await InForceAsync(), Is.EqualTo(new (long, decimal)[] { (1, 990), (2, 1990), (3, 2990), (4, 4000) }));
        }
    }

    [Test]
    public async Task When_few_results_change_their_rows_alone_are_ended()
    {
        var others = await RowsAsync("customer_id > 1");
        await ReduceAsync(1);

        await _account.RecalculateAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await RowsAsync("customer_id > 1"), Is.EqualTo(others));
            Assert.That(await HistoryAsync(), Is.EqualTo(new (long, long, long?)[] { (1, 1, 2), (1, 2, null), (2, 1, null), (3, 1, null), (4, 1, null) }));
        }
    }

    [Test]
    public async Task Generation_after_generation_each_customer_has_one_result_in_force()
    {
        for (var run = 2; run <= 5; run++)
        {
            await ReduceAsync(4);
            await _account.RecalculateAsync();
            await ReduceAsync(1);
            await _account.RecalculateAsync();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await InForceAsync(), Is.EqualTo(new (long, decimal)[] { (1, 920), (2, 1960), (3, 2960), (4, 3960) }));
            Assert.That(
                await _account.ScalarAsync<long>("select count(*) from customer_value_history where account_id = @Account and ended_by_run <= from_run"),
                Is.Zero);
        }
    }

    private Task<int> ReduceAsync(int companies) => _account.ExecuteAsync(
        "update leads set price = price - 10, changed_run = @Run where account_id = @Account and company_id <= @companies",
        new { Account = _account.Id.Value, Run = _account.NextRun, companies });

    private Task<List<string>> RowsAsync(string condition) =>
        _account.QueryAsync<string>($"select ctid::text || xmin || revenue from customer_results where account_id = @Account and ({condition}) order by 1");

    private Task<List<(long Customer, long From, long? EndedBy)>> HistoryAsync() => _account.QueryAsync<(long, long, long?)>(
        "select customer_id, from_run, ended_by_run from customer_value_history where account_id = @Account order by customer_id, from_run");

    private Task<List<(long Customer, decimal Ltv)>> InForceAsync() => _account.QueryAsync<(long, decimal)>(
        "select customer_id, ltv from customer_values where account_id = @Account order by customer_id");
}
