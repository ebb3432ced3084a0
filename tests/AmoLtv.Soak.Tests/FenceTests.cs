namespace AmoLtv.Soak;

/// <summary>
/// A process that slept through other nights wakes up with what it had read before: the fence keeps it from everything.
/// </summary>
[TestFixture]
[Category("Slow")]
public sealed class FenceTests
{
    private static readonly int[] Seeds = [4, 5, 8, 13, 14, 18];

    [Test]
    public async Task Process_that_slept_changes_nothing_when_it_wakes() => Assert.That(await FailedAsync(), Is.Empty);

    private static async Task<IReadOnlyList<string>> FailedAsync()
    {
        var failed = new List<string>();
        var plans = Seeds.Select(seed => TrialPlan.Asleep(seed));
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
