using AmoLtv.Core.Settings;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Tests.Syncing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Webhooks;

/// <summary>A whole sync that an account waits for does not wait for the night.</summary>
[TestFixture, Category("Slow")]
public sealed class WholeSyncTests
{
    private const string Job = "whole-syncs";
    private FollowedSandbox _followed = null!;

    [SetUp]
    public async Task StartAsync() => _followed = await FollowedSandbox.StartAsync(options => options with { Companies = 10, Leads = 30 });

    [TearDown]
    public async Task StopAsync() => await _followed.DisposeAsync();

    [Test]
    public async Task Values_that_new_settings_use_are_read_at_once_and_only_once()
    {
        await ChangeSettingsAsync("cac.kind=companyField", "cac.field=700011");

        await _followed.RoundAsync(Job);
        Assert.That(await RunsAsync(), Is.EqualTo(1));
        Assert.That(await ScalarAsync("select count(*) from synced_fields where field_id = 700011"), Is.EqualTo(1));

        await _followed.RoundAsync(Job);
        Assert.That(await RunsAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Settings_that_use_no_other_values_need_no_whole_sync()
    {
        await ChangeSettingsAsync("headline=historical");

        await _followed.RoundAsync(Job);

        Assert.That(await RunsAsync(), Is.Zero);
    }

    [Test]
    public async Task Whole_sync_that_was_cut_off_goes_on_and_after_a_failure_pauses()
    {
        await _followed.Crm.ExecuteAsync("update sync_states set is_whole_asked = true, whole_from = '-infinity'");
        await _followed.Crm.FailAsync("/api/v4/contacts", "402", count: 100);
        await _followed.RoundAsync(Job);
        Assert.That(await ScalarAsync("select count(*) from sync_cursors"), Is.Positive, "It was cut off.");
        Assert.That(await ScalarAsync("select whole_failures from change_follows"), Is.EqualTo(1));

        await _followed.Crm.ControlAsync(HttpMethod.Post, "settle", new { });
        await _followed.RoundAsync(Job);
        Assert.That(await RunsAsync(), Is.EqualTo(1), "It pauses.");

        await _followed.Crm.ExecuteAsync("update change_follows set whole_not_before = '-infinity'; delete from account_circuits");
        await _followed.RoundAsync(Job);

        Assert.That(await ScalarAsync("select count(*) from sync_cursors"), Is.Zero);
        Assert.That(await ScalarAsync("select count(*) from sync_states where is_whole_asked or whole_from is not null"), Is.Zero);
        Assert.That(await ScalarAsync("select whole_failures from change_follows"), Is.Zero);
    }

    [Test]
    public async Task Account_that_rests_is_left_alone()
    {
        await _followed.Crm.ExecuteAsync("update sync_states set whole_from = 'infinity'");
        await _followed.RoundAsync(Job);

        Assert.That(await RunsAsync(), Is.Zero);
    }

    [Test]
    public async Task What_waited_for_the_whole_sync_goes_on_with_its_end()
    {
        await ChangeSettingsAsync("cac.kind=companyField", "cac.field=700011");
        var store = _followed.Services.GetRequiredService<Host.Webhooks.HookMarkStore>();
        await store.AddAsync([(_followed.Crm.Account, Core.Syncing.ChangeMark.Unknown, DateTimeOffset.UnixEpoch)]);
        await _followed.RoundAsync("changes");
        Assert.That(await ScalarAsync("select count(*) from change_marks"), Is.EqualTo(1), "The settings use values nobody has stored.");

        await _followed.RoundAsync(Job);
        await _followed.RoundAsync("changes");

        Assert.That(await ScalarAsync("select count(*) from change_marks"), Is.Zero);
    }

    private async Task ChangeSettingsAsync(params string[] assignments) => await _followed.Services.GetRequiredService<SettingsStore>().ChangeAsync(
        _followed.Crm.Account, SettingAssignments.Parse(assignments).ApplyTo, "test", null, CancellationToken.None);

    private Task<long> RunsAsync() => ScalarAsync("select count(*) from runs where cause = 'change' and 'sync' = any(steps)");

    private Task<long> ScalarAsync(string sql) => _followed.Crm.ScalarAsync<long>(sql);
}
