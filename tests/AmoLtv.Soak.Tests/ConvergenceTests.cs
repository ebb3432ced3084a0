namespace AmoLtv.Soak;

/// <summary>
/// Sync, recalculation and write-back under random faults, kills and concurrent edits: left in peace, the CRM's fields equal an
/// undisturbed computation on the CRM's final state, and the permitted rate was never broken.
/// </summary>
[TestFixture]
[Category("Slow")]
public sealed class ConvergenceTests
{
    private const int Seeds = 50;

    // The same each time, so that a red build tells of a change and not of luck; tests/soak.sh looks for others.
    private const int First = 1;

    [Test]
    public async Task Fields_equal_an_undisturbed_computation_whatever_happened_before()
    {
        await TestContext.Progress.WriteLineAsync($"Seeds {First} to {First + Seeds - 1}.");
        var suspects = new List<SeedReport>();
        await foreach (var report in SoakRun.RunAsync(new SoakArguments(Seeds, First, SoakArguments.DefaultAtOnce), CancellationToken.None))
        {
            await TestContext.Out.WriteLineAsync(report.Line);
            if (!report.HasConverged)
            {
                await TestContext.Progress.WriteLineAsync($"{report.Line}\n{report.Explanation}");
                suspects.Add(report);
            }
        }

        var failed = new List<string>();
        foreach (var suspect in suspects)
        {
            if (await FailsAgainAsync(suspect.Seed))
            {
                failed.Add($"{suspect.Line}\n{suspect.Explanation}");
            }
        }

        Assert.That(failed, Is.Empty, string.Join('\n', failed));
    }

    // A seed decides all but the timing of threads: what does not come twice in a row is printed, and looked for by tests/soak.sh.
    private static async Task<bool> FailsAgainAsync(int seed)
    {
        await foreach (var report in SoakRun.RunAsync(new SoakArguments(1, seed, 1), CancellationToken.None))
        {
            return !report.HasConverged;
        }

        return true;
    }
}
