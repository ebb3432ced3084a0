using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AmoLtv.Benchmarks;

/// <summary>Times of all analyses of a base of up to a million leads, as a table.</summary>
internal static class AnalysisMeasurement
{
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    public static async Task RunAsync(string? file)
    {
        var text = new StringBuilder("# Analyses, measured\n\n");
        void Line(string line)
        {
            Console.WriteLine(line);
            text.Append(line).Append('\n');
        }

        Line(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, .NET {Environment.Version}, PostgreSQL on the same machine with its default settings. The whole step: reading, ten analyses, their documents stored."));
        Line("");
        Line("| leads, four of five won | companies | first time, ms | of that, keeping it, ms | nothing had changed, ms | of that, keeping it, ms | a hundredth of the clients had, ms | of that, keeping it, ms | of the processor the first time, ms | working set, MB |");
        Line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        await using var server = MeasuredServer.Start();
        foreach (var leads in Sizes)
        {
            var account = await AnalysedAccount.CreateAsync(server.ConnectionString, leads);
            var busy = Process.GetCurrentProcess().TotalProcessorTime;
            var (first, kept) = await account.AnalyseAsync();
            busy = Process.GetCurrentProcess().TotalProcessorTime - busy;
            var (again, keptAgain) = await account.AnalyseAsync();
            await account.ChangeAsync();
            var (changed, keptChanged) = await account.AnalyseAsync();
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {leads:N0} | {leads / 10:N0} | {first:0} | {kept:0} | {again:0} | {keptAgain:0} | {changed:0} | {keptChanged:0} | {busy.TotalMilliseconds:0} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:0} |"));
        }

        if (file is not null)
        {
            await File.WriteAllTextAsync(file, text.ToString());
        }
    }
}
