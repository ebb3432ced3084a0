using System.Diagnostics;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Releasing;

/// <summary>
/// A release is packed, installed into a root of its own as an operator would, works for a night, is upgraded and taken away without a trace:
/// <c>tests/install.sh</c>, which says itself what is held.
/// </summary>
[TestFixture]
[Category("Slow")]
public sealed class InstallationTests
{
    /// <summary>The script's word for a machine that lets nobody mount.</summary>
    private const int Skipped = 77;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(40);

    [Test]
    public async Task Release_installs_works_upgrades_and_leaves_nothing_behind()
    {
        using var script = Process.Start(new ProcessStartInfo("bash", ["-c", "exec bash \"$0\" 2>&1", Path.Combine(Repository.Root, "tests", "install.sh")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        await using var kill = patience.Token.Register(() => script.Kill(entireProcessTree: true));
        var output = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        if (script.ExitCode == Skipped)
        {
            Requirement.IsMissing(output.Trim().Split('\n')[^1]);
        }

        Assert.That(script.ExitCode, Is.Zero, output);
    }
}
