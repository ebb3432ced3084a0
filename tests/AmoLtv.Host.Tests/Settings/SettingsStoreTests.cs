using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Tests.Valuing;

namespace AmoLtv.Host.Tests.Settings;

public sealed class SettingsStoreTests
{
    private string _database = null!;
    private AccountRows _account = null!;

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync() => _database = await DatabaseServer.CreateMigratedDatabaseAsync();

    [SetUp]
    public async Task ConnectAccountAsync() => _account = await AccountRows.CreateAsync(_database, new FixedTime("2026-11-21T12:00:00Z"));

    [Test]
    public async Task The_defaults_are_in_force_until_something_is_saved()
    {
        var settings = await _account.Settings.GetAsync(_account.Id);

        Assert.That((settings.Version, settings.Settings.HorizonMonths, settings.Settings.ScheduleTime), Is.EqualTo((0, 12, new TimeOnly(3, 0))));
    }

    [Test]
    public async Task Every_saved_version_is_kept_with_who_when_and_why()
    {
        await SaveAsync(["horizonMonths=24"], "long cycles");
        await SetAsync("horizonMonths=36");

        var versions = await _account.Settings.ListAsync(_account.Id, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(versions.Select(saved => (saved.Version, saved.Settings.HorizonMonths, saved.Comment)),
                Is.EqualTo(new (int, int, string?)[] { (2, 36, null), (1, 24, "long cycles") }));
            Assert.That(versions[1].SavedAt, Is.EqualTo(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero)));
            Assert.That((await _account.Settings.FindAsync(_account.Id, 1, CancellationToken.None))?.Settings.HorizonMonths, Is.EqualTo(24));
            Assert.That(await _account.Settings.FindAsync(_account.Id, 9, CancellationToken.None), Is.Null);
        }
    }

    [Test]
    public async Task A_change_that_changes_nothing_saves_no_version()
    {
        await SetAsync("horizonMonths=12");

        Assert.That((await _account.Settings.GetAsync(_account.Id)).Version, Is.Zero);
    }

    [Test]
    public async Task Changes_at_the_same_time_are_all_saved()
    {
        string[] changes = ["horizonMonths=24", "discountPercent=10", "scheduleTime=05:00", "headline=historical", "periodMonths=36", "vatIncluded=true"];

        await Task.WhenAll(changes.Select(change => SetAsync(change)));

        var settings = await _account.Settings.GetAsync(_account.Id);
        Assert.That(settings.Version, Is.EqualTo(changes.Length));
        Assert.That(changes, Is.SubsetOf(SettingKeys.All.Select(setting => $"{setting.Key}={setting.Read(settings.Settings)}")));
    }

    [TestCase("horizonMonths=2", "horizonMonths: 2 is out of range; allowed: months from 3 to 60.")]
    [TestCase("headline=best", "headline: 'best' cannot be used; allowed: formula, historical, total.")]
    [TestCase("cost.kind=field", "cost.field: is needed while cost.kind is field; allowed: none, or the number of a numeric custom field of the lead.")]
    [TestCase("horizon=2", "horizon: there is no such setting; allowed: wonStages.pipelines")]
    [TestCase("headline", "headline: is given no value, write KEY=VALUE; allowed: formula, historical, total.")]
    [TestCase("amountField=99999999999999999999", "amountField: '99999999999999999999' cannot be used; allowed: none (the lead's price)")]
    public async Task A_wrong_setting_is_refused_with_its_key_and_what_is_allowed(string assignment, string message)
    {
        Assert.That(async () => await SetAsync(assignment), Throws.TypeOf<InvalidSettingsException>().With.Message.StartsWith(message));

        Assert.That((await _account.Settings.GetAsync(_account.Id)).Version, Is.Zero, "nothing is saved");
    }

    [Test]
    public async Task A_field_must_be_one_the_account_has_and_of_the_right_kind()
    {
        await _account.ExecuteAsync(
            """
            insert into custom_fields (account_id, entity_type, field_id, name, type)
            values (@Account, 2, 5, 'Себестоимость', 'numeric'), (@Account, 2, 6, 'Заметка', 'text')
            """);

        Assert.That(
            async () => await SetAsync("cost.kind=field", "cost.field=6"),
            Throws.TypeOf<InvalidSettingsException>().With.Message.EqualTo("cost.field: 6 is no numeric custom field of a lead in this account; allowed: 5 (Себестоимость)."));
        Assert.That((await SetAsync("cost.kind=field", "cost.field=5")).Settings.Cost.Field, Is.EqualTo(new FieldId(5)));
    }

    [Test]
    public async Task A_stage_must_be_one_the_account_has()
    {
        await _account.ExecuteAsync(
            """
            insert into pipelines values (@Account, 1, 'Продажи', 1, true, false);
            insert into stages values (@Account, 1, 300, 'Оплата', 1, 0);
            """);

        Assert.That(async () => await SetAsync("wonStages.extraStages=1:301"), Throws.TypeOf<InvalidSettingsException>().With.Message.StartsWith("wonStages.extraStages: the account has no stage 1:301"));
        Assert.That(async () => await SetAsync("wonStages.pipelines=2"), Throws.TypeOf<InvalidSettingsException>().With.Message.StartsWith("wonStages.pipelines: the account has no pipeline 2"));
        Assert.That(async () => await SetAsync("wonStages.extraStages=1:300", "returns=1:143:reversal"), Throws.Nothing);
    }

    [Test]
    public async Task A_field_that_vanished_from_the_crm_does_not_block_other_settings()
    {
        await SetAsync("amountField=5");
        await _account.ExecuteAsync("insert into custom_fields (account_id, entity_type, field_id, name, type) values (@Account, 2, 6, 'Другое', 'numeric')");

        Assert.That(async () => await SetAsync("horizonMonths=24"), Throws.Nothing);
    }

    [Test]
    public async Task Tiers_are_renamed_and_cut_anew_together()
    {
        var saved = await SetAsync("tiers.thresholds=50,80,95", "tiers.names=Gold,Silver,Bronze,Rest");

        Assert.That(
            saved.Settings.Tiers.Tiers.Select(tier => (tier.Code, tier.Name, tier.Threshold)),
            Is.EqualTo(new (string, string, decimal?)[] { ("A", "Gold", 50), ("B", "Silver", 80), ("C", "Bronze", 95), ("D", "Rest", null) }));
    }

    private Task<SavedSettings> SetAsync(params string[] assignments) => SaveAsync(assignments, comment: null);

    private Task<SavedSettings> SaveAsync(string[] assignments, string? comment)
    {
        var change = SettingAssignments.Parse(assignments);
        return _account.Settings.ChangeAsync(_account.Id, change.ApplyTo, "test", comment, CancellationToken.None);
    }
}
