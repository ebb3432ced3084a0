using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Tests.Valuing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Settings;

[TestFixture]
public sealed class SettingsSavingTests
{
    [Test]
    public async Task Settings_of_a_page_that_was_left_while_they_were_saved_still_ask_for_new_numbers()
    {
        var time = new FixedTime("2026-11-21T12:00:00Z");
        await using var database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        await using var others = await database.OpenConnectionAsync();
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into accounts (account_id, base_uri, brand) values (77, 'https://acme.amocrm.ru', 'amocrm')");
        var store = new SettingsStore(database, time);
        var saving = new SettingsSaving(store, new DraftStore(database, time), new FreshnessStore(database, store, new UnreadValueStore(database), time));
        var caller = new Caller(
            new AccountId(77), new UserId(5), Role.Admin, new Uri("https://acme.amocrm.ru"), CallerProof.PageToken, new CrmVouching("", true, time.Now));
        await using var transaction = await others.BeginTransactionAsync();
        await others.ExecuteAsync("lock table change_follows in share row exclusive mode");
        using var page = new CancellationTokenSource();

        var saved = saving.SaveAsync(caller, new SettingsSave(JsonSerializer.SerializeToElement(new { horizonMonths = 24 }), 0, null), page.Token);
        await HostServer.EventuallyAsync(() => connection.QuerySingleAsync<bool>("select exists (select from settings_versions)"));
        await page.CancelAsync();
        await transaction.CommitAsync();
        await saved;

        Assert.That(await connection.QuerySingleAsync<bool>("select is_valuing_due from change_follows"), Is.True);
    }
}
