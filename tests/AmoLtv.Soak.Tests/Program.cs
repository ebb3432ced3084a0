using System.Text.Json;

namespace AmoLtv.Soak;

/// <summary>The soak as a program: one line a seed, and a last line of JSON.</summary>
internal static class Program
{
    /// <returns>0 where every seed converged, 1 where one did not, 2 where the arguments are wrong.</returns>
    public static async Task<int> Main(string[] arguments)
    {
        if (SoakArguments.Parse(arguments) is not { } asked)
        {
            await Console.Error.WriteLineAsync(SoakArguments.Usage);
            return 2;
        }

        using var ending = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            ending.Cancel();
        };
        var (seeds, failed) = (0, 0);
        await foreach (var report in SoakRun.RunAsync(asked, ending.Token))
        {
            seeds++;
            failed += report.HasConverged ? 0 : 1;
            Console.WriteLine(report.Line);
            // One seed alone is run to see what happens in it.
            if (!report.HasConverged || asked.Seeds == 1)
            {
                Console.WriteLine(report.Explanation);
            }
        }

        Console.WriteLine(JsonSerializer.Serialize(new { seeds, failed }));
        return failed == 0 && seeds == asked.Seeds ? 0 : 1;
    }
}
