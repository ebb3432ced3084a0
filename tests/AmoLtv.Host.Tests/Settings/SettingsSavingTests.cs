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
    private static readonly SettingsSave Save = new(JsonSerializer.SerializeToElement(new { horizonMonths = 24 }), 0, null);
    private static readonly Caller Anna = new(
        new AccountId(77), new UserId(5), Role.Admin, new Uri("https://acme.amocrm.ru"), CallerProof.PageToken, new CrmVouching("", true, DateTimeOffset.UnixEpoch));

    private NpgsqlDataSource _database = null!;
    private NpgsqlConnection _connection = null!;
    private SettingsSaving _saving = null!;

    [SetUp]
    public async Task CreateAccountAsync()
    {
        var time = new FixedTime("2026-11-21T12:00:00Z");
        _database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        _connection = await _database.OpenConnectionAsync();
        await _connection.ExecuteAsync("insert into accounts (account_id, base_uri, brand) values (77, 'https://acme.amocrm.ru', 'amocrm')");
        var store = new SettingsStore(_database, time);
        var freshness = new FreshnessStore(store, new UnreadValueStore(_database), time);
        _saving = new SettingsSaving(store, new FollowedChange(_database, freshness), freshness);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Settings_of_a_page_that_was_left_while_they_were_saved_are_saved_and_ask_for_new_numbers()
    {
        await using var others = await _database.OpenConnectionAsync();
        await using var transaction = await others.BeginTransactionAsync();
        await others.ExecuteAsync("lock table change_follows in share row exclusive mode");
        using var page = new CancellationTokenSource();

        var saved = _saving.SaveAsync(Anna, Save, page.Token);
        await HostServer.EventuallyAsync(() => _connection.QuerySingleAsync<bool>(
            "select exists (select from pg_locks where relation = 'change_follows'::regclass and not granted)"));
        await page.CancelAsync();
        await transaction.CommitAsync();
        await saved;

        Assert.That(await _connection.QuerySingleAsync<bool>("select is_valuing_due from change_follows"), Is.True);
        Assert.That(await _connection.QuerySingleAsync<long>("select count(*) from settings_versions"), Is.EqualTo(1));
    }

    [Test]
    public async Task Settings_whose_numbers_could_not_be_asked_for_are_not_saved()
    {
        await _connection.ExecuteAsync("alter table change_follows add check (account_id <> 77)");

        Assert.That(() => _saving.SaveAsync(Anna, Save, CancellationToken.None), Throws.InstanceOf<PostgresException>());

        Assert.That(await _connection.QuerySingleAsync<long>("select count(*) from settings_versions"), Is.Zero);
    }
}
