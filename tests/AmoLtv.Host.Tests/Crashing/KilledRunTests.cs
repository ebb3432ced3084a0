using AmoLtv.Sandbox;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Crashing;

/// <summary>
/// A run killed with SIGKILL in the middle of a step, each step in turn. The middle is made certain by a lock of the test's own:
/// the run waits for it, is killed there, and the lock is let go.
/// </summary>
[TestFixture]
[Category("Slow")]
// Each test has an account of its own; what they share, the undisturbed account, is only read.
[Parallelizable(ParallelScope.All)]
public sealed class KilledRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly SandboxOptions Account = new SandboxOptions
    {
        Seed = 11, Companies = 300, Leads = 1500, Until = new DateOnly(2026, 11, 1),
    }.Hurried();

    private ConnectedAccount _undisturbed = null!;

    [OneTimeSetUp]
    public async Task RunUndisturbed()
    {
        _undisturbed = await ConnectedAccount.CreateAsync(Account);
        await FinishAsync(_undisturbed);
        await _undisturbed.RunAsync("verify");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _undisturbed.DisposeAsync();

    [Test]
    public async Task Sync_killed_between_pages_is_finished_by_the_next_run()
    {
        await using var account = await ConnectedAccount.CreateAsync(Account);
        await account.SlowLeadsAsync(2000);
        await using var sync = account.Start("sync");
        await Eventually.IsTrueAsync(
            async () => (await account.ReadRowsAsync("select 1 from sync_cursors where entity_type = 2 and last_id > 0 and not is_done")).Count > 0,
            Patience,
            () => "The sync never stood between two pages of leads.\n" + sync.Errors);
        await KillWhileWaitingAsync(account, sync, "leads", "exclusive");
        await account.HealCrmAsync();
        var stored = (await account.ReadRowsAsync("select lead_id from leads")).Count;

        await FinishAsync(account);

        Assert.That(stored, Is.InRange(1, Account.Leads - 1), "The kill did not fall into the middle.");
        await AssertSameAsUndisturbedAsync(account);
    }

    [Test]
    public async Task Recalculation_killed_before_its_results_are_stored_is_finished_by_the_next_run()
    {
        await using var account = await ConnectedAccount.CreateAsync(Account);
        await account.RunAsync("sync");
        await using var holder = await TableLock.TakeAsync(account.Database, "customer_results", "exclusive");
        await using var recalculation = account.Start("recalculate", "--as-of", ConnectedAccount.AsOf);
        await KillWhileWaitingAsync(holder, recalculation);

        await FinishAsync(account);

        await AssertSameAsUndisturbedAsync(account);
    }

    [Test]
    public async Task Write_back_killed_between_the_CRM_and_its_own_record_writes_no_field_twice_with_different_values()
    {
        await using var account = await ConnectedAccount.CreateAsync(Account);
        await account.RunAsync("sync");
        await account.RunAsync("recalculate", "--as-of", ConnectedAccount.AsOf);
        await account.RunAsync("write-back", "--enable", "--yes");
        await using var holder = await TableLock.TakeAsync(account.Database, "companies", "share");
        await using var writing = account.Start("write-back");
        await KillWhileWaitingAsync(holder, writing);
        var written = await account.ReadFieldsAsync();

        await FinishAsync(account);

        Assert.That(written, Is.Not.Empty, "The kill did not fall behind the first batch.");
        await AssertSameAsUndisturbedAsync(account);
        var history = await account.StopAndReadFieldHistoryAsync();
        Assert.That(history.Values, Is.Not.Empty);
        Assert.That(history.Values.Where(field => field.Value.Count > 1).Select(field => $"{field.Key}: {string.Join(" then ", field.Value)}"), Is.Empty);
    }

    private static async Task FinishAsync(ConnectedAccount account)
    {
        await account.RunAsync("sync");
        await account.RunAsync("recalculate", "--as-of", ConnectedAccount.AsOf);
        await account.RunAsync("write-back", "--enable", "--yes");
        await account.RunAsync("write-back");
    }

    // The undisturbed account's fields hold what was computed, which its own verification says.
    private async Task AssertSameAsUndisturbedAsync(ConnectedAccount account)
    {
        foreach (var (what, sql) in Results)
        {
            var expected = await _undisturbed.ReadRowsAsync(sql);
            Assert.That(expected, Is.Not.Empty, $"There are no {what} to compare.");
            Assert.That(await account.ReadRowsAsync(sql), Is.EqualTo(expected), what);
        }

        var fields = await _undisturbed.ReadFieldsAsync();
        Assert.That(fields, Is.Not.Empty);
        Assert.That(await account.ReadFieldsAsync(), Is.EquivalentTo(fields));
    }

    private static readonly (string What, string Sql)[] Results =
    [
        ("leads", "select lead_id, pipeline_id, status_id, price, company_id, main_contact_id, closed_at, is_deleted, tags, source from leads order by lead_id"),
        ("verdicts", "select * from lead_verdicts order by lead_id"),
        ("values", "select scope, customer_id, purchases, revenue, historical_ltv, formula_ltv, ltv, last_purchase, typical_gap_days, is_lost from customer_values  order by 1, 2"),
        ("forecasts", "select scope, customer_id, expected_value, next_purchase, repeat_probability from customer_values  order by 1, 2"),
        ("segments", "select scope, customer_id, tier, rfm_group, lifecycle from customer_values  order by 1, 2"),
    ];

    private static async Task KillWhileWaitingAsync(ConnectedAccount account, ServiceProcess service, string table, string mode)
    {
        await using var holder = await TableLock.TakeAsync(account.Database, table, mode);
        await KillWhileWaitingAsync(holder, service);
    }

    private static async Task KillWhileWaitingAsync(TableLock holder, ServiceProcess service)
    {
        await Eventually.IsTrueAsync(holder.IsWaitedForAsync, Patience, () => $"Nothing waited for {holder.Table}.\n{service.Output}\n{service.Errors}");
        await service.KillAsync();
        await holder.ReleaseAsync();
    }
}
