using AmoLtv.Host.Tests.Crashing;
using AmoLtv.Sandbox;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Faults;

/// <summary>A process that may not have the memory an account takes: it says so or dies, and another one goes on where it stood.</summary>
[TestFixture]
[Category("Slow")]
public sealed class OutOfMemoryTests
{
    /// <summary>Bytes of objects, as the runtime reads it: hexadecimal. Enough to start, too little for the account.</summary>
    private static readonly string Limit = Environment.GetEnvironmentVariable("AMOLTV_TEST_HEAP") ?? "C00000";

    private static readonly SandboxOptions Account = new SandboxOptions { Seed = 11, Companies = 400, Leads = 6000, Until = new DateOnly(2026, 11, 1) }.Hurried();

    [Test]
    public async Task Process_out_of_memory_ends_without_loss_and_another_one_goes_on()
    {
        await using var account = await ConnectedAccount.CreateAsync(Account);
        var narrow = new Dictionary<string, string>(account.Environment) { ["DOTNET_GCHeapHardLimit"] = Limit, ["DOTNET_DbgEnableMiniDump"] = "0" };

        var (status, output, errors) = await ServiceProcess.RunAsync(narrow, "sync");
        await TestContext.Out.WriteLineAsync($"{status}\n{output}\n{errors}");
        var begun = await account.ReadRowsAsync("select status, error from runs");
        await account.RunAsync("sync");

        Assert.That(status, Is.Not.Zero, "The memory was enough.");
        Assert.That(begun, Is.Not.Empty, $"It died before its work.\n{output}\n{errors}");
        Assert.That(output + errors, Does.Contain("no memory left").Or.Contain("Out of memory").Or.Contain(nameof(OutOfMemoryException)));
        Assert.That(await account.ReadRowsAsync("select lead_id from leads"), Has.Count.EqualTo(Account.Leads));
        Assert.That(await account.ReadRowsAsync("select 1 from runs where status = 'running'"), Is.Empty);
    }
}
