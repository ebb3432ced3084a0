using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Tests.Crashing;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Host.Tests.Syncing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AmoLtv.Host.Tests.Connecting;

[TestFixture, Category("Slow")]
public sealed class ErasureTests
{
    private ConnectedSandbox _crm = null!;
    private IServiceProvider _services = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _crm = await ConnectedSandbox.StartAsync();
        _services = await _crm.ConnectQuietlyAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task Every_table_with_an_account_in_it_is_found_but_the_receipts()
    {
        await using var connection = await _crm.Database.OpenConnectionAsync();

        var tables = (await ErasureStore.ListTablesAsync(connection, CancellationToken.None)).Select(table => table.Name).ToList();

        Assert.That(tables.Take(2), Is.EqualTo(["grants", "accounts"]));
        Assert.That(tables, Does.Contain("leads").And.Contain("account_connections").And.Contain("pending_grants").And.Not.Contain("erasure_receipts"));
        Assert.That(tables.Where(table => table.StartsWith("leads_", StringComparison.Ordinal)), Is.Empty, "Rows of partitions go with their table.");
    }

    [Test]
    public async Task Account_is_erased_whole_and_another_is_not_touched()
    {
        await _crm.ExecuteAsync(
            """
            insert into leads (account_id, lead_id, pipeline_id, status_id, created_at, updated_at)
            select account_id, n, 1, 142, now(), now() from unnest(array[@Own, 77]) account_id, generate_series(1, 25000) n;
            insert into accounts (account_id, base_uri, brand) values (77, 'https://other.amocrm.ru', 'amocrm');
            """,
            new { Own = _crm.Account.Value });

        var receipt = await EraseAsync();

        Assert.That(receipt!.IsComplete, Is.True);
        Assert.That(receipt.Tables["leads"], Is.EqualTo(25_000));
        Assert.That(receipt.Tables["grants"], Is.EqualTo(1));
        Assert.That(receipt.Tables, Does.Not.ContainKey("companies"), "Of empty tables there is nothing to tell.");
        Assert.That(await RowsAsync(_crm.Account), Is.Empty);
        Assert.That(await RowsAsync(new AccountId(77)), Is.EquivalentTo(new[] { "accounts 1", "leads 25000" }));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"), Is.Zero);
    }

    [Test]
    public async Task Erasure_cut_off_by_the_end_of_its_process_is_taken_up_again()
    {
        await BeginAsync();
        await _crm.ExecuteAsync("delete from accounts; delete from grants");
        await _crm.ExecuteAsync("insert into stages (account_id, pipeline_id, status_id, name, sort, kind) values (@Own, 1, 142, '', 1, 0)", new { Own = _crm.Account.Value });

        await _services.GetRequiredService<ConnectionWatch>().RunAsync(CancellationToken.None);

        Assert.That(await _crm.ScalarAsync<long>("select count(*) from stages"), Is.Zero);
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from erasure_receipts where is_complete and cause = 'command'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Settings_of_one_account_that_cannot_be_read_keep_no_other_account_from_its_erasure()
    {
        await _crm.ExecuteAsync(
            """
            insert into accounts (account_id, base_uri, brand) select n, 'https://a' || n || '.amocrm.ru', 'amocrm' from generate_series(5, 7) n;
            insert into grants (account_id, client_id, access_token, expires_at, granted_by, is_admin, status, suspended_at)
            select n, 'someone', '', now(), 1, true, 'lost', now() from generate_series(5, 7) n;
            insert into settings_versions (account_id, version, settings, saved_by, saved_at)
            values (5, 1, '{"eraseAfterUninstall": "nonsense"}', 'test', now()), (6, 1, '{"eraseAfterUninstall": true}', 'test', now()),
                   (7, 1, '{"eraseAfterUninstall": true}', 'test', now());
            insert into account_connections (account_id, erase_at) values (7, now() - interval '1 hour');
            """);

        await _services.GetRequiredService<ConnectionWatch>().RunAsync(CancellationToken.None);

        Assert.That(await _crm.ScalarAsync<bool>("select erase_at > now() from account_connections where account_id = 6"), Is.True);
        Assert.That(await _crm.ScalarAsync<bool>("select is_complete from erasure_receipts where account_id = 7"), Is.True);
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from accounts where account_id = 5"), Is.EqualTo(1));
    }

    [Test]
    public async Task Erasure_ends_our_subscription_to_the_hooks_of_an_account_that_can_still_be_called()
    {
        var services = _crm.NewProcess(("Webhooks:FollowChanges", "true"));
        await services.GetServices<Host.Running.IRecurringJob>().Single(job => job.Name == "webhook-subscriptions").RunAsync(CancellationToken.None);
        Assert.That(_crm.Server.State.Webhooks, Has.Count.EqualTo(1));

        var receipt = await services.GetRequiredService<AccountEraser>().EraseAsync(_crm.Account, ErasureCause.Command, CancellationToken.None);

        Assert.That(_crm.Server.State.Webhooks, Is.Empty);
        Assert.That(receipt!.IsComplete, Is.True);
    }

    [Test]
    public async Task CRM_that_does_not_let_go_of_our_subscription_keeps_nobody_from_being_erased()
    {
        await _crm.ExecuteAsync(
            "insert into webhook_subscriptions (account_id, secret, secret_hash, status, not_before) values (@Own, @Secret, '', 'active', now())",
            new { Own = _crm.Account.Value, Secret = _services.GetRequiredService<SecretProtector>().Protect("secret") });
        await _crm.FailAsync("/api/v4/webhooks", "402", count: 20);

        Assert.That((await EraseAsync())!.IsComplete, Is.True);
        Assert.That(await _crm.CountAsync("DELETE /api/v4/webhooks"), Is.GreaterThan(0));
    }

    [Test]
    public async Task Erasure_cut_off_is_over_when_the_account_is_connected_again()
    {
        await BeginAsync();
        await _crm.ConnectAsync(_services, userId: null);

        await _services.GetRequiredService<ConnectionWatch>().RunAsync(CancellationToken.None);

        Assert.That(await _crm.ScalarAsync<long>("select count(*) from grants where status = 'connected'"), Is.EqualTo(1));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from erasure_receipts where not is_complete and finished_at is not null"), Is.EqualTo(1));
    }

    /// <summary>Half of its cards are gone: who followed changes alone would compute, and write, from the other half.</summary>
    [Test]
    public async Task Account_connected_again_in_the_middle_of_its_erasure_begins_like_a_new_one()
    {
        var sync = _services.GetServices<Host.Running.IRunStep>().Single(step => step.Name == Host.Running.RunSteps.Sync);
        await sync.RunAsync(await _crm.RunAsync(), CancellationToken.None);
        await _crm.ExecuteAsync("insert into output_fields (account_id, entity_type, output, code, field_id, is_ours) values (@Own, 3, 'ltv', 'X', 1, true)", new { Own = _crm.Account.Value });
        await using (var cut = await TableLock.TakeAsync(_crm.Database, "leads", "exclusive"))
        {
            using var stop = new CancellationTokenSource();
            var erasing = _services.GetRequiredService<AccountEraser>().EraseAsync(_crm.Account, ErasureCause.Command, stop.Token);
            await HostServer.EventuallyAsync(cut.IsWaitedForAsync);
            await stop.CancelAsync();
            Assert.That(async () => await erasing, Throws.InstanceOf<OperationCanceledException>());
        }

        await _crm.ConnectAsync(_services, userId: null);

        Assert.That(await _crm.ScalarAsync<long>("select (select count(*) from companies) + (select count(*) from output_fields) + (select count(*) from sync_states)"), Is.Zero);
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from leads"), Is.Positive, "It was to be cut off before these.");
        Assert.That(await _crm.ScalarAsync<bool>("select resumed_at is not null from account_connections"), Is.True, "A run is due at once.");
        await sync.RunAsync(await _crm.RunAsync(), CancellationToken.None);
        await SyncedRows.AssertSameAsync(_crm);
    }

    [Test]
    public async Task Planned_erasure_does_not_begin_on_an_account_that_is_connected()
    {
        await _crm.ExecuteAsync("update account_connections set erase_at = now() - interval '1 day'");

        Assert.That(await _services.GetRequiredService<AccountEraser>().EraseAsync(_crm.Account, ErasureCause.Uninstalled, CancellationToken.None), Is.Null);
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from grants"), Is.EqualTo(1));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from erasure_receipts"), Is.Zero);
    }

    [Test]
    public async Task Run_that_holds_the_account_is_fenced()
    {
        var run = await _crm.RunAsync();
        await BeginAsync();
        await using var connection = await _crm.Database.OpenConnectionAsync();

        Assert.That(async () => await Host.Running.RunFence.CheckAsync(connection, null, run, CancellationToken.None), Throws.Exception);
    }

    [Test]
    public async Task Account_that_is_being_erased_is_connected_only_afterwards()
    {
        await using var eraser = await _crm.Database.OpenConnectionAsync();
        await ErasureStore.BeginAsync(eraser, _crm.Account, ErasureCause.Command, TimeProvider.System.GetUtcNow(), CancellationToken.None);

        var connecting = _crm.ConnectAsync(_services, userId: null);
        await HostServer.EventuallyAsync(async () => await _crm.ScalarAsync<long>("select count(*) from pg_locks where locktype = 'advisory' and not granted") == 1);
        Assert.That(connecting.IsCompleted, Is.False);
        await ErasureStore.EndAsync(eraser, _crm.Account);

        Assert.That((await connecting).Status, Is.EqualTo("exchanged"));
    }

    private Task<ErasureReceipt?> EraseAsync() =>
        _services.GetRequiredService<AccountEraser>().EraseAsync(_crm.Account, ErasureCause.Command, CancellationToken.None);

    /// <summary>As a process leaves it that dies right after the beginning.</summary>
    private async Task BeginAsync()
    {
        await using var connection = new NpgsqlConnection(_crm.ConnectionString);
        await connection.OpenAsync();
        Assert.That(await ErasureStore.BeginAsync(connection, _crm.Account, ErasureCause.Command, TimeProvider.System.GetUtcNow(), CancellationToken.None), Is.Not.Null);
        await ErasureStore.EndAsync(connection, _crm.Account);
    }

    private async Task<List<string>> RowsAsync(AccountId account)
    {
        await using var connection = await _crm.Database.OpenConnectionAsync();
        return [.. (await AccountTables.CountAsync(connection, account, CancellationToken.None))
            .Where(table => table.Key != AccountTables.Receipts).Select(table => $"{table.Key} {table.Value}")];
    }
}
