using System.Diagnostics;
using AmoLtv.Host.Tests.Crashing;
using AmoLtv.Sandbox;

namespace AmoLtv.Host.Tests.Faults;

/// <summary>The network between the service and the CRM is cut in the middle of a run, for a moment and for long.</summary>
[TestFixture]
[Category("Slow")]
public sealed class CutNetworkTests
{
    private const string PagesRead = "select 1 from sync_cursors where entity_type = 2 and last_id > 0 and not is_done";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly SandboxOptions Account = new SandboxOptions { Seed = 11, Companies = 100, Leads = 6000, Until = new DateOnly(2026, 11, 1) }.Hurried();

    [Test]
    public async Task Run_outlasts_a_short_cut_and_fails_in_words_on_a_long_one_after_which_the_next_ends_its_work()
    {
        await using var account = await ConnectedAccount.CreateAsync(Account);
        await using var network = await CutNetwork.CreateAsync(account.Sandbox.Address.Port);
        // A real second for a request, by a clock ten times as fast.
        var environment = new Dictionary<string, string>(account.Environment) { ["Crm__TimeoutSeconds"] = "10" };
        await account.SlowLeadsAsync(300);

        var (lost, words) = await SyncAsync(account, environment, network, () => network.CutAsync());
        var read = (await account.ReadRowsAsync("select lead_id from leads")).Count;
        await network.MendAsync();
        var (outlasted, said) = await SyncAsync(account, environment, network, async () =>
        {
            await network.CutAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(600));
            await network.MendAsync();
        });

        await TestContext.Out.WriteLineAsync(words);
        Assert.That(lost, Is.Not.Zero, words);
        Assert.That(words, Does.Contain("Step sync:").And.Not.Contain("   at "), "A person reads this.");
        Assert.That(read, Is.InRange(1, Account.Leads - 1), "The cut did not fall into the middle.");
        Assert.That(outlasted, Is.Zero, said);
        Assert.That(await account.ReadRowsAsync("select lead_id from leads"), Has.Count.EqualTo(Account.Leads));
        Assert.That(await account.ReadRowsAsync("select status from runs where status not in ('failed', 'finished')"), Is.Empty);
    }

    /// <summary>Reads the account, and does something to it between two pages of leads.</summary>
    private static async Task<(int Status, string Words)> SyncAsync(
        ConnectedAccount account, IReadOnlyDictionary<string, string> environment, CutNetwork network, Func<Task> between)
    {
        var before = await LastLeadAsync(account);
        using var sync = network.Start(environment, "sync");
        var (output, errors) = (sync.StandardOutput.ReadToEndAsync(), sync.StandardError.ReadToEndAsync());
        await Eventually.IsTrueAsync(
            async () => sync.HasExited || ((await account.ReadRowsAsync(PagesRead)).Count > 0 && await LastLeadAsync(account) != before), Patience, () => "It never stood between two pages.");
        await between();
        await EndedAsync(sync);
        return (sync.ExitCode, await output + await errors);
    }

    private static async Task EndedAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill();
        }
    }

    private static async Task<string> LastLeadAsync(ConnectedAccount account) =>
        string.Join(' ', await account.ReadRowsAsync("select last_id from sync_cursors where entity_type = 2"));
}
