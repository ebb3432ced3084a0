using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AmoLtv.Benchmarks;

/// <summary>
/// Times of whole and partial recalculations over accounts of ten thousand to a million leads, as ratios to a bare SQL aggregate
/// over the same rows in the same run, as a table.
/// </summary>
internal static class RecalculationMeasurement
{
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    public static async Task RunAsync(string? file)
    {
        var text = new StringBuilder("# Recalculation, measured\n\n");
        void Line(string line)
        {
            Console.WriteLine(line);
            text.Append(line).Append('\n');
        }

        Line(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, .NET {Environment.Version}, PostgreSQL on the same machine with its default settings. Milliseconds, the least of three; ten leads a company, contacts without companies none."));
        Line("");
        Line("| leads | bare aggregate | whole, parameters kept | ratio, asked for ≤ 8 | refitted | ratio, asked for ≤ 20 | 1 % changed | of the whole, asked for ≤ 15 % | chosen anew with backtest | first, every lead read | working set, MB |");
        Line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        var ratios = new Ratios();
        await using var server = MeasuredServer.Start();
        foreach (var leads in Sizes)
        {
            var account = await MeasuredAccount.CreateAsync(server.ConnectionString, leads);
            var times = await account.MeasureAsync();
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {leads:N0} | {times.Bare:0} | {times.Whole:0} | {times.Whole / times.Bare:0.0} | {times.Refitted:0} | {times.Refitted / times.Bare:0.0} | {times.Part:0} | {100 * times.Part / times.Whole:0.0} % | {times.Chosen:0} | {times.First:0} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:0} |"));
            if (leads == Sizes[^1])
            {
                Compare(times, ratios);
            }
        }

        if (file is not null)
        {
            await File.WriteAllTextAsync(file, text.ToString());
        }

        ratios.Print();
    }

    private static void Compare(RecalculationTimes times, Ratios ratios)
    {
        ratios.Add("recalculationToBareAggregate", times.Whole / times.Bare, 8, ("wholeMs", times.Whole), ("aggregateMs", times.Bare), ("leads", Sizes[^1]));
        ratios.Add("refitToBareAggregate", times.Refitted / times.Bare, 20, ("refittedMs", times.Refitted), ("aggregateMs", times.Bare));
        ratios.Add("hundredthToWholeRecalculation", times.Part / times.Whole, 0.15, ("hundredthMs", times.Part), ("wholeMs", times.Whole));
        ratios.Add("recalculationMemoryToGigabyte", Process.GetCurrentProcess().PeakWorkingSet64 / 1e9, 1, ("peakMemoryMb", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0));
    }
}
