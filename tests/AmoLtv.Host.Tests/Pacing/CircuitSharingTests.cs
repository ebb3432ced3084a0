using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Pacing;
using AmoLtv.Host.Tests.Installing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Pacing;

/// <summary>An account that refuses everything: found by one process, left alone by all, asked again now and then.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase), Category("Slow")]
public sealed class CircuitSharingTests
{
    private ConnectedSandbox _crm = null!;
    private IServiceProvider _first = null!;
    private AmoCrmClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _crm = await ConnectedSandbox.StartAsync();
        _first = await _crm.ConnectAsync();
        _client = await OpenAsync(_first);
    }

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [TestCase("403", CrmFailure.Blocked, "blocked")]
    [TestCase("402", CrmFailure.PaymentRequired, "unpaid")]
    public async Task What_one_process_found_holds_another_back_until_the_account_answers(string fault, CrmFailure failure, string cause)
    {
        var second = await OpenAsync(_crm.NewProcess());
        await _crm.FailAsync("/api/v4/*", fault, count: 1000);
        await RefusedAsync(_client, failure);
        Assert.That(await _crm.ScalarAsync<string>("select cause from account_circuits where closed_at is null"), Is.EqualTo(cause));
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");

        await RefusedAsync(second, failure);
        await RefusedAsync(_client, failure);
        Assert.That((await _crm.ControlAsync(HttpMethod.Get, "statistics")).GetProperty("requests").GetInt32(), Is.Zero);

        await DueAsync();
        await _first.GetRequiredService<CircuitProbing>().ProbeAsync(CancellationToken.None);
        Assert.That(await _crm.ScalarAsync<int>("select probes from account_circuits where closed_at is null"), Is.GreaterThanOrEqualTo(1));
        Assert.That(await _crm.CountAsync("GET /api/v4/account"), Is.EqualTo(1), "One request asks whether it is over.");

        await _crm.ControlAsync(HttpMethod.Delete, "faults");
        await DueAsync();
        await _first.GetRequiredService<CircuitProbing>().ProbeAsync(CancellationToken.None);
        await _crm.EventuallyAsync("select count(*) from account_circuits where closed_at is not null", 1);
        Assert.That(await _client.GetPipelinesAsync(CancellationToken.None), Is.Not.Empty);
        await HostServer.EventuallyAsync(async () => await AnswersAsync(second));
    }

    [Test]
    public async Task Process_that_starts_later_finds_the_account_held_back_before_it_asks_anything()
    {
        await _crm.FailAsync("/api/v4/*", "403", count: 1000);
        await RefusedAsync(_client, CrmFailure.Blocked);
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");

        var later = _crm.NewProcess();
        var answer = await later.GetRequiredService<IRequestPermits>().LeaseAsync(
            new BudgetKey(ConnectedSandbox.ClientId, _crm.Server.Address), new PermitDemand(1, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1), IsUrgent: true), CancellationToken.None);
        Assert.That(answer!.Circuit, Is.Not.Null);
        await RefusedAsync(await OpenAsync(later), CrmFailure.Blocked);

        Assert.That((await _crm.ControlAsync(HttpMethod.Get, "statistics")).GetProperty("requests").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Circuit_of_another_integration_neither_asks_with_this_one_nor_says_that_the_account_is_blocked()
    {
        await _crm.ExecuteAsync(
            """
            insert into account_circuits (account_id, client_id, cause, status, opened_at, probed_at, probe_at)
            select account_id, 'another', 'blocked', 403, now() - interval '1 hour', now() - interval '1 hour', now() - interval '1 second' from accounts
            """);
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");

        await _first.GetRequiredService<CircuitProbing>().ProbeAsync(CancellationToken.None);

        Assert.That(await _crm.CountAsync("GET /api/v4/account"), Is.Zero);
        Assert.That(await _crm.ScalarAsync<bool>("select probe_at > now() from account_circuits"), Is.True, "It is not asked again every few seconds.");
        var report = await _first.GetRequiredService<ConnectionReport>().ReadAsync(_crm.Account, CancellationToken.None);
        Assert.That((report!.Code, report.IsWorking), Is.EqualTo(("connected", true)));
    }

    [Test]
    public async Task Refusal_of_one_list_holds_nothing_back()
    {
        await _crm.FailAsync("/api/v4/leads/pipelines", "403", count: 1000);

        await RefusedAsync(_client, CrmFailure.Forbidden);

        Assert.That(await _crm.ScalarAsync<long>("select count(*) from account_circuits"), Is.Zero);
        Assert.That((await _client.GetAccountAsync(CancellationToken.None)).Id, Is.EqualTo(_crm.Account));
    }

    [Test]
    public async Task Person_who_starts_a_run_may_ask_sooner_than_the_plan_and_not_at_once()
    {
        await _crm.FailAsync("/api/v4/*", "402", count: 1000);
        await RefusedAsync(_client, CrmFailure.PaymentRequired);
        await _crm.ControlAsync(HttpMethod.Delete, "faults");

        Assert.That(() => _client.GetAccountAsync(CancellationToken.None), Throws.TypeOf<CrmException>());
        await _crm.ExecuteAsync("update account_circuits set probed_at = probed_at - interval '31 seconds'");
        Assert.That((await _client.GetAccountAsync(CancellationToken.None)).Id, Is.EqualTo(_crm.Account));
    }

    private Task DueAsync() => _crm.ExecuteAsync("update account_circuits set probe_at = clock_timestamp() - interval '1 second'");

    private async Task<AmoCrmClient> OpenAsync(IServiceProvider process) =>
        await process.GetRequiredService<CrmConnections>().OpenAsync(_crm.Account, CancellationToken.None);

    private static Task RefusedAsync(AmoCrmClient client, CrmFailure failure)
    {
        Assert.That(
            () => client.GetPipelinesAsync(CancellationToken.None),
            Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(failure));
        return Task.CompletedTask;
    }

    private static async Task<bool> AnswersAsync(AmoCrmClient client)
    {
        try
        {
            return (await client.GetPipelinesAsync(CancellationToken.None)).Count > 0;
        }
        catch (CrmException held) when (held.Failure is CrmFailure.Blocked or CrmFailure.PaymentRequired)
        {
            return false;
        }
    }
}
