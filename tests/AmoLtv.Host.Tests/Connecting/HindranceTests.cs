using AmoLtv.Host.Installing;
using AmoLtv.Host.Scheduling;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox.State;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Connecting;

/// <summary>What the API answers of a grant, and what becomes of the account's work: against the sandbox's real refusals.</summary>
[TestFixture, Category("Slow")]
public sealed class HindranceTests
{
    private ConnectedSandbox _crm = null!;
    private IServiceProvider _services = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _crm = await ConnectedSandbox.StartAsync(options => options with { Rate = 1000 });
        _services = await _crm.ConnectQuietlyAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [TestCase("unpaid", "unpaid")]
    [TestCase("closed", "unpaid")]
    [TestCase("blocked", "blocked")]
    public async Task Account_the_CRM_does_not_serve_rests_and_goes_on_by_itself_when_it_does(string standing, string code)
    {
        await _crm.ControlAsync(HttpMethod.Post, "account", new { standing });
        await ProbeAsync();

        Assert.That((await ReportAsync()).Code, Is.EqualTo(code));
        Assert.That(await IsScheduledAsync(), Is.False);

        await _crm.ControlAsync(HttpMethod.Post, "account", new { standing = "open" });
        await LetTimePassAsync();
        await ProbeAsync();
        Assert.That((await ReportAsync()).Code, Is.EqualTo("connected"));
        Assert.That(await IsScheduledAsync(), Is.True);
        Assert.That(await _crm.ScalarAsync<bool>("select resumed_at is not null from account_connections"), Is.True, "A run is due at once.");
    }

    [Test]
    public async Task CRM_that_does_not_answer_is_a_state_in_which_work_goes_on_trying()
    {
        await _crm.FailAsync("/api/v4/account", "html", count: 20);
        await ProbeAsync();

        Assert.That((await ReportAsync()).Code, Is.EqualTo("unreachable"));
        Assert.That(await IsScheduledAsync(), Is.True);
    }

    [Test]
    public async Task Administrator_who_loses_the_rights_is_a_state_with_a_next_step_until_an_administrator_connects_again()
    {
        var granter = await _crm.ScalarAsync<long>("select granted_by from grants");
        SetAdmin(granter, isAdmin: false);
        await ProbeAsync();

        var report = await ReportAsync();
        Assert.That((report.Code, report.IsWorking), Is.EqualTo(("rightsLost", false)));
        Assert.That(report.State.En.NextStep, Does.Contain("administrator"));
        Assert.That(report.State.Ru.NextStep, Does.Contain("администратора"));
        Assert.That(await IsScheduledAsync(), Is.False);

        SetAdmin(granter, isAdmin: true);
        await _crm.ConnectAsync(_services, granter);
        Assert.That((await ReportAsync()).Code, Is.EqualTo("connected"));
        Assert.That(await _crm.ScalarAsync<bool>("select resumed_at is not null from account_connections"), Is.True);
    }

    [Test]
    public async Task Failed_run_has_the_CRM_asked_within_the_minute_and_only_once()
    {
        await _crm.ExecuteAsync("update grants set probed_at = now() - interval '1 hour'");
        await _crm.ExecuteAsync(
            "insert into runs (account_id, epoch, cause, steps, status, started_at, finished_at) select account_id, 0, 'night', '{sync}', 'failed', now() - interval '2 minutes', now() - interval '1 minute' from accounts");
        await _crm.FailAsync("/api/v4/account", "402");

        await _services.GetRequiredService<ConnectionWatch>().RunAsync(CancellationToken.None);
        var asked = await _services.GetRequiredService<ProbeDrain>().RunAsync(CancellationToken.None);
        await _services.GetRequiredService<ConnectionWatch>().RunAsync(CancellationToken.None);
        var again = await _services.GetRequiredService<ProbeDrain>().RunAsync(CancellationToken.None);

        Assert.That((asked, again), Is.EqualTo((1, 0)));
        Assert.That((await ReportAsync()).Code, Is.EqualTo("unpaid"));
    }

    [Test]
    public async Task Fresh_token_that_the_API_refuses_all_the_same_is_a_lost_connection()
    {
        await _crm.ExecuteAsync(
            "update grants set access_token = @Token", new { Token = _services.GetRequiredService<SecretProtector>().Protect("no such token") });
        lock (_crm.Server.State.Gate)
        {
            // The user of the grant is gone from the account: the CRM renews, and its API does not take what it gave.
            _crm.Server.State.Users.RemoveAll(user => user.Id == _crm.Server.State.Owner.Id);
        }

        var answer = await ProbeAsync();

        Assert.That(answer.Kind, Is.EqualTo(ProbeAnswer.Outcome.Lost));
        Assert.That((await ReportAsync()).Code, Is.EqualTo("lost"));
    }

    [Test]
    public async Task Keys_that_are_missing_do_not_end_a_grant()
    {
        var folder = Directory.CreateTempSubdirectory("amoltv-keys-").FullName;
        var other = _crm.NewProcess(("Keys:Folder", folder));

        var answer = await other.GetRequiredService<ConnectionProbe>().ProbeAsync(_crm.Account, ConnectedSandbox.ClientId, CancellationToken.None);

        Directory.Delete(folder, recursive: true);
        Assert.That(answer.Kind, Is.EqualTo(ProbeAnswer.Outcome.Unclear));
        Assert.That(answer.Words, Does.Contain("Keys:Folder"));
        Assert.That(await _crm.ScalarAsync<string>("select status from grants"), Is.EqualTo("connected"));
    }

    private Task<ProbeAnswer> ProbeAsync() =>
        _services.GetRequiredService<ConnectionProbe>().ProbeAsync(_crm.Account, ConnectedSandbox.ClientId, CancellationToken.None);

    /// <summary>An account that refuses everything is asked again after a while only.</summary>
    private Task<long> LetTimePassAsync() => _crm.ScalarAsync<long>(
        "with due as (update account_circuits set probe_at = now() - interval '1 second' returning 1) select count(*) from due");

    private async Task<ConnectionAnswer> ReportAsync() =>
        (await _services.GetRequiredService<ConnectionReport>().ReadAsync(_crm.Account, CancellationToken.None))!;

    private async Task<bool> IsScheduledAsync() =>
        (await _services.GetRequiredService<ScheduleStore>().ListAsync(CancellationToken.None)).Any(account => account.Id == _crm.Account);

    private void SetAdmin(long user, bool isAdmin)
    {
        lock (_crm.Server.State.Gate)
        {
            var place = _crm.Server.State.Users.FindIndex(known => known.Id == user);
            _crm.Server.State.Users[place] = _crm.Server.State.Users[place] with { IsAdmin = isAdmin };
        }
    }
}
