using AmoLtv.Sandbox;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Crashing;

/// <summary>A service that is told to end, as an upgrade does with one after another, gives what it works on to the others.</summary>
[TestFixture, Category("Slow")]
public sealed class StoppedServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly SandboxOptions Account = new() { Companies = 30, Leads = 5000 };

    [Test]
    public async Task Run_of_a_service_that_is_stopped_is_finished_by_another_from_where_it_stood()
    {
        await using var account = await ConnectedAccount.CreateAsync(Account);
        await account.SlowLeadsAsync(5000);
        var environment = new Dictionary<string, string>(account.Environment, StringComparer.Ordinal)
        {
            ["Scheduling__RunWhenConnected"] = "true",
            ["Scheduling__ReconcileSeconds"] = "1",
        };
        await using var first = await StartAsync(environment);
        await Eventually.IsTrueAsync(
            async () => (await account.ReadRowsAsync("select 1 from sync_cursors where entity_type = 2 and last_id > 0 and not is_done")).Count > 0,
            Patience,
            () => "The run never stood between two pages of leads.\n" + first.Errors);
        await using var second = await StartAsync(environment);

        var status = await first.TerminateAsync();
        await account.HealCrmAsync();

        await Eventually.IsTrueAsync(
            async () => (await account.ReadRowsAsync("select 1 from runs where status = 'finished'")).Count > 0, Patience, () => "Nobody finished it.\n" + second.Output);
        Assert.That(status, Is.Zero, first.Errors);
        Assert.That(await account.ReadRowsAsync("select status, error_code from runs order by run_id"), Is.EqualTo([
            """{"status":"cancelled","error_code":"stopped"}""", """{"status":"finished","error_code":null}""",
        ]));
        Assert.That(await account.ReadRowsAsync("select lead_id from leads"), Has.Count.EqualTo(Account.Leads));
        Assert.That(second.Output, Does.Contain("reading leads goes on at page"));
    }

    private static async Task<ServiceProcess> StartAsync(Dictionary<string, string> environment)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var service = ServiceProcess.Start(environment, "serve", "--urls", address.ToString());
        await service.AwaitReadyAsync(address);
        return service;
    }
}
