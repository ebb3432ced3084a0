namespace AmoLtv.Soak;

/// <summary>
/// A process that slept through other nights wakes up with what it had read before. The fence keeps it from everything; and that the
/// soak would notice its absence is shown by taking it away.
/// </summary>
[TestFixture]
[Category("Slow")]
public sealed class FenceTests
{
    private static readonly int[] Seeds = [4, 5, 8, 13, 14, 18];

    [Test]
    public async Task Process_that_slept_changes_nothing_when_it_wakes() => Assert.That(await FailedAsync(hasFence: true), Is.Empty);

    [Test]
    public async Task Service_without_its_fence_does_not_converge() => Assert.That(await FailedAsync(hasFence: false), Is.Not.Empty);

    private static async Task<IReadOnlyList<string>> FailedAsync(bool hasFence)
    {
        var failed = new List<string>();
        var plans = Seeds.Select(seed => TrialPlan.Asleep(seed, hasFence));
        await foreach (var report in SoakRun.RunAsync(plans, SoakArguments.DefaultAtOnce, CancellationToken.None))
        {
            await TestContext.Out.WriteLineAsync($"{report.Line}\n{report.Explanation}");
            if (!report.HasConverged)
            {
                failed.Add($"{report.Line}\n{report.Explanation}");
            }
        }

        return failed;
    }
}
