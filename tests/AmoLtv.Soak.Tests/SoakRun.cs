using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AmoLtv.Soak;

/// <summary>Runs seeds side by side on one database server.</summary>
internal static class SoakRun
{
    /// <inheritdoc cref="RunAsync(IEnumerable{TrialPlan}, int, CancellationToken)"/>
    public static IAsyncEnumerable<SeedReport> RunAsync(SoakArguments asked, CancellationToken cancellationToken) =>
        RunAsync(Enumerable.Range(asked.From, asked.Seeds).Select(TrialPlan.Of), asked.AtOnce, cancellationToken);

    /// <summary>Reports in the order in which seeds end.</summary>
    public static async IAsyncEnumerable<SeedReport> RunAsync(
        IEnumerable<TrialPlan> plans, int atOnce, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Read by the service when it looks for protected keys.
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Development");
        await using var databases = await SoakDatabases.StartAsync();
        await using var lateness = new MachineLateness();
        var reports = Channel.CreateUnbounded<SeedReport>();
        var running = Task.Run(
            async () =>
            {
                try
                {
                    await Parallel.ForEachAsync(
                        plans,
                        new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
                        async (plan, ending) => await reports.Writer.WriteAsync(await Trial.RunAsync(plan, databases, lateness, ending), ending));
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    // The person stops: what has ended is told.
                }
                finally
                {
                    reports.Writer.Complete();
                }
            },
            CancellationToken.None);
        await foreach (var report in reports.Reader.ReadAllAsync(CancellationToken.None))
        {
            yield return report;
        }

        await running;
    }
}
