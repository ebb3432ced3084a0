using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Connecting;

/// <summary>The CRM says that the integration was switched off: by a real call to a real service, whose word the sandbox's API confirms or denies.</summary>
[TestFixture, Category("Slow")]
public sealed class UninstallTests
{
    private ConnectedSandbox _crm = null!;
    private IServiceProvider _services = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _crm = await ConnectedSandbox.StartAsync(options => options with { Rate = 1000 });
        _services = await _crm.ConnectAsync();
        // As if the API had not been asked just now.
        await _crm.ExecuteAsync("update grants set probed_at = now() - interval '1 hour'");
    }

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task Hook_that_the_API_confirms_ends_the_connection_and_plans_the_erasure_the_account_chose()
    {
        await ChooseErasureAsync();
        await RevokeAsync();

        Assert.That(await CallAsync(), Is.EqualTo(200));

        await _crm.EventuallyAsync("select count(*) from grants where status = 'lost' and suspended_at is not null", 1);
        await WatchAsync();
        var report = await ReportAsync();
        Assert.That(report.Code, Is.EqualTo("erasurePlanned"));
        Assert.That(report.State.Until, Is.EqualTo(TimeProvider.System.GetUtcNow().AddDays(7)).Within(TimeSpan.FromMinutes(2)));
        Assert.That(report.IsWorking, Is.False);
    }

    [Test]
    public async Task Hook_that_arrives_after_the_token_was_refused_already_plans_the_erasure_too()
    {
        await ChooseErasureAsync();
        await RevokeAsync();
        await _services.GetRequiredService<ConnectionProbe>().ProbeAsync(_crm.Account, ConnectedSandbox.ClientId, CancellationToken.None);
        Assert.That(await _crm.ScalarAsync<string>("select status from grants"), Is.EqualTo("lost"));

        await CallAsync();
        await WatchAsync();

        Assert.That((await ReportAsync()).Code, Is.EqualTo("erasurePlanned"));
    }

    [Test]
    public async Task Hook_sent_again_long_after_the_connection_was_lost_plans_nothing()
    {
        await ChooseErasureAsync();
        await _crm.ExecuteAsync("update grants set status = 'lost', lost_at = now() - interval '2 hours'");

        await CallAsync();
        await WatchAsync();

        Assert.That(await _crm.ScalarAsync<long>("select count(*) from account_connections where erase_at is not null"), Is.Zero);
    }

    [Test]
    public async Task Account_that_did_not_choose_it_is_not_erased()
    {
        await RevokeAsync();
        await CallAsync();
        await _crm.EventuallyAsync("select count(*) from grants where status = 'lost'", 1);

        await WatchAsync();

        Assert.That((await ReportAsync()).Code, Is.EqualTo("lost"));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from account_connections where erase_at is not null"), Is.Zero);
    }

    [Test]
    public async Task Replay_on_a_connected_account_changes_nothing()
    {
        await ChooseErasureAsync();
        var before = await _crm.ScalarAsync<byte[]>("select access_token from grants");

        Assert.That(await CallAsync(), Is.EqualTo(200));
        await _crm.EventuallyAsync("select count(*) from grants where suspended_at is null and probed_at > now() - interval '1 minute'", 1);
        Assert.That(await CallAsync(), Is.EqualTo(200));

        Assert.That(await _crm.ScalarAsync<bool>("select suspended_at is null from grants"), Is.True, "A second one within the minute does not even stop the work.");
        Assert.That(await _crm.ScalarAsync<bool>("select probe_at < now() + interval '61 seconds' from grants"), Is.True, "It is asked about all the same.");
        await WatchAsync();
        Assert.That((await ReportAsync()).Code, Is.EqualTo("connected"));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from account_connections where resumed_at > (select connected_at from accounts) + interval '1 second'"), Is.Zero, "No run is due because of it.");
        Assert.That(await _crm.ScalarAsync<byte[]>("select access_token from grants"), Is.EqualTo(before));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from account_connections where erase_at is not null"), Is.Zero);
    }

    [Test]
    public async Task Work_rests_while_the_API_has_not_answered()
    {
        await _crm.FailAsync("/api/v4/account", "500", count: 50);

        await CallAsync();

        await _crm.EventuallyAsync("select count(*) from grants where suspended_at is not null", 1);
        Assert.That(
            async () => await _services.GetRequiredService<CrmConnections>().OpenAsync(_crm.Account, CancellationToken.None),
            Throws.TypeOf<ConnectionLostException>().With.Message.Contains("switched off"));
        await _crm.ControlAsync(HttpMethod.Delete, "faults");
        await _crm.ExecuteAsync("update grants set probe_at = now(), suspended_at = now() - interval '6 minutes'");
        await _crm.EventuallyAsync("select count(*) from grants where suspended_at is null", 1);
        Assert.That(await _crm.ScalarAsync<bool>("select resumed_at is not null from account_connections"), Is.True, "A run is due at once.");
    }

    [Test]
    public async Task Install_before_the_day_keeps_everything_and_work_goes_on()
    {
        await ChooseErasureAsync();
        await _crm.ExecuteAsync("insert into stages (account_id, pipeline_id, status_id, name, sort, kind) select account_id, 1, 142, '', 1, 0 from accounts");
        await RevokeAsync();
        await CallAsync();
        await _crm.EventuallyAsync("select count(*) from grants where status = 'lost'", 1);
        await WatchAsync();

        await _crm.InstallAsync(userId: null);

        await _crm.EventuallyAsync("select count(*) from grants where status = 'connected'", 1);
        await WatchAsync();
        Assert.That((await ReportAsync()).Code, Is.EqualTo("connected"));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from stages"), Is.EqualTo(1));
        Assert.That(await _crm.ScalarAsync<bool>("select erase_at is null and resumed_at is not null from account_connections"), Is.True);
    }

    [Test]
    public async Task Account_is_erased_when_its_day_has_come_and_leaves_a_receipt()
    {
        await ChooseErasureAsync();
        await RevokeAsync();
        await CallAsync();
        await _crm.EventuallyAsync("select count(*) from grants where status = 'lost'", 1);
        await WatchAsync();
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from accounts"), Is.EqualTo(1), "Not before its day.");

        await _crm.ExecuteAsync("update account_connections set erase_at = now() - interval '1 second'");
        await WatchAsync();

        Assert.That(await _crm.ScalarAsync<long>("select count(*) from accounts"), Is.Zero);
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from grants"), Is.Zero);
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from erasure_receipts where is_complete and cause = 'uninstalled' and (tables ->> 'settings_versions')::int = 1"), Is.EqualTo(1));
    }

    [TestCase("signature=00", 403)]
    [TestCase("", 403)]
    public async Task Forged_hook_changes_nothing(string signature, int status)
    {
        Assert.That(await StatusAsync($"client_uuid={ConnectedSandbox.ClientId}&account_id={_crm.Account.Value}&{signature}"), Is.EqualTo(status));
        Assert.That(await _crm.ScalarAsync<bool>("select suspended_at is null from grants"), Is.True);
    }

    [Test]
    public async Task Hook_of_an_account_that_is_not_connected_is_answered_and_forgotten() =>
        Assert.That(await StatusAsync($"client_uuid={ConnectedSandbox.ClientId}&account_id=5&signature={Sign("5")}"), Is.EqualTo(200));

    [TestCase("client_uuid=99999999-2222-3333-4444-555555555555&account_id=5&signature=00")]
    [TestCase("account_id=5&signature=00")]
    public async Task Hook_of_no_integration_of_ours_is_refused(string query) => Assert.That(await StatusAsync(query), Is.EqualTo(400));

    /// <summary>The CRM's own call, signed by the sandbox; its status at the service.</summary>
    private async Task<int> CallAsync()
    {
        var answer = await _crm.ControlAsync(
            HttpMethod.Post, "uninstall", new { clientId = ConnectedSandbox.ClientId, address = new Uri(_crm.HostAddress, "/oauth/uninstalled"), revoke = false });
        return answer.GetProperty("status").GetInt32();
    }

    private async Task<int> StatusAsync(string query) =>
        (await ConnectedSandbox.GetAsync(new Uri(_crm.HostAddress, "/oauth/uninstalled?" + query))).Status;

    private static string Sign(string account) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(SandboxOptions.DefaultIntegration.Secret), Encoding.UTF8.GetBytes($"{ConnectedSandbox.ClientId}|{account}")));

    private Task<JsonElement> RevokeAsync() => _crm.ControlAsync(HttpMethod.Post, "revoke", new { clientId = ConnectedSandbox.ClientId });

    private Task<SavedSettings> ChooseErasureAsync() => _services.GetRequiredService<SettingsStore>().ChangeAsync(
        _crm.Account, settings => settings with { EraseAfterUninstall = true }, "test", null, CancellationToken.None);

    private Task WatchAsync() => _services.GetRequiredService<ConnectionWatch>().RunAsync(CancellationToken.None);

    private async Task<ConnectionAnswer> ReportAsync() =>
        (await _services.GetRequiredService<ConnectionReport>().ReadAsync(_crm.Account, CancellationToken.None))!;
}
