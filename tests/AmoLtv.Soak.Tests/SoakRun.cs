using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AmoLtv.Soak;

/// <summary>Runs seeds side by side on one database server.</summary>
internal static class SoakRun
{
    /// <summary>Reports in the order in which seeds end.</summary>
    public static async IAsyncEnumerable<SeedReport> RunAsync(SoakArguments asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Read by the service when it looks for protected keys.
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Development");
        await using var databases = await SoakDatabases.StartAsync();
        var reports = Channel.CreateUnbounded<SeedReport>();
        var running = Task.Run(
            async () =>
            {
                try
                {
                    await Parallel.ForEachAsync(
                        Enumerable.Range(asked.From, asked.Seeds),
                        new ParallelOptions { MaxDegreeOfParallelism = asked.AtOnce, CancellationToken = cancellationToken },
                        async (seed, ending) => await reports.Writer.WriteAsync(await Trial.RunAsync(seed, databases, ending), ending));
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
