using System.Diagnostics;
using System.Globalization;
using System.Text;
using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Benchmarks;

/// <summary>
/// Times of fits, of a million forecasts, and of <c>amoltv evaluate</c> as a whole process, as a table. Beside them the time of a
/// reference kernel, since machines differ: figures of two machines compare as ratios to it.
/// </summary>
internal static class ForecastingMeasurement
{
    private const int Forecasts = 1_000_000;
    private const int FitRuns = 40;
    private const int AsOf = 738_000;

    public static void Run(string? file)
    {
        var text = new StringBuilder("# Forecasting, measured\n\n");
        void Line(string line)
        {
            Console.WriteLine(line);
            text.Append(line).Append('\n');
        }

        Line(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, .NET {Environment.Version}. Milliseconds: the least and the median of the runs after a warm-up; processor time of the measuring process over all cores, the least, hardly depends on what else the machine does."));
        Line("");
        Line("| what | base | least | median | processor | asked for | least / kernel | fastest peer | peer / least |");
        Line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        var kernel = Measure(7, () => { Kernel(); });
        void Row(string what, string over, Times time, string limit, double? peer) => Line(string.Create(
            CultureInfo.InvariantCulture, $"| {what} | {over} | {time.Least:0.0} | {time.Median:0.0} | {time.Processor:0.0} | {limit} | {time.Least / kernel.Least:0.00} | {peer:0} | {peer / time.Least:0.0} |"));
        Row("reference kernel: 10 million exp and log, one core", "", kernel, "", null);

        // The peers' least times as published beside the reference data: lifetimes for the first two, CLVTools for Pareto/NBD.
        Fits(MeasuredBase.Of("cdnow_sample.csv", 2_357), ["30", "", "100"], [150, 73, 260], Row);
        Fits(MeasuredBase.Of("cdnow_master.csv", 23_570), ["100", "", "500"], [376, 249, 800], Row);
        Fits(MeasuredBase.Drawn(23_570), ["100", "", "500"], [null, null, null], Row);
        Million(Row);
        Evaluate(Row);
        Line("");
        Line(string.Create(CultureInfo.InvariantCulture, $"Largest working set of this process: {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:0} MB (asked for: at most 1024)."));
        if (file is not null)
        {
            File.WriteAllText(file, text.ToString());
        }
    }

    private static void Fits(MeasuredBase over, string[] limits, double?[] peers, Action<string, string, Times, string, double?> row)
    {
        row("fit of BG/NBD and Gamma-Gamma", over.Name, Measure(FitRuns, () =>
        {
            Fit(PurchaseModelKind.BgNbd, over);
            SpendFitting.Fit(over.Spends);
        }), limits[0], peers[0]);
        row("fit of MBG/NBD", over.Name, Measure(FitRuns, () => { Fit(PurchaseModelKind.MbgNbd, over); }), limits[1], peers[1]);
        row("fit of Pareto/NBD", over.Name, Measure(FitRuns, () => { Fit(PurchaseModelKind.ParetoNbd, over); }), limits[2], peers[2]);
    }

    private static PurchaseFit Fit(PurchaseModelKind kind, MeasuredBase over) => PurchaseFitting.Fit(kind, PurchaseCells.From(over.Histories));

    private static void Million(Action<string, string, Times, string, double?> row)
    {
        var over = MeasuredBase.Drawn(Forecasts);
        var sample = MeasuredBase.Drawn(23_570);
        var spend = new LearnedSpend { Fit = SpendFitting.Fit(sample.Spends) };
        var subjects = Array.ConvertAll(Enumerable.Range(0, Forecasts).ToArray(), i => Subject(over.Histories[i], over.Spends[i]));
        var forecasts = new ClientForecast[Forecasts];
        var (bg, pareto) = (new LearnedModel(Fit(PurchaseModelKind.BgNbd, sample)), new LearnedModel(Fit(PurchaseModelKind.ParetoNbd, sample)));
        foreach (var (name, method, distribution) in new (string, LearnedMethod, LearnedDistribution)[]
            { ("BG/NBD", bg, bg), ("Pareto/NBD", pareto, pareto), ("mean of BG/NBD and a regression", new LearnedCombination(bg, Regression), bg) })
        {
            var forecasting = Forecasting(method, distribution, spend);
            row($"forecasts with intervals, {name}", over.Name, Measure(3, () => forecasting.ForecastAll(subjects, forecasts)), "5,000 on 2 cores", null);
        }
    }

    // Weights as the first 39 weeks of the sample give them, rounded.
    private static LearnedRegression Regression { get; } = new([0.0004, 0.3, 0.4, 0.01, -0.0004], AsOf - 273);

    private static CustomerForecasting Forecasting(LearnedMethod method, LearnedDistribution distribution, LearnedSpend spend) => new(
        new ForecastParameters
        {
            Choice = StoredChoice.ByHand(new ModelMethod(PurchaseModelKind.BgNbd)),
            Method = method,
            Distribution = distribution,
            Spend = spend,
            LearnedDay = AsOf,
            FirstDay = AsOf - 365,
            HorizonDays = 365,
            Customers = Forecasts,
            SampleSize = 23_570,
        },
        AsOf,
        12);

    private static ForecastSubject Subject(in RepeatSummary history, in SpendSummary spend)
    {
        var first = AsOf - (int)Math.Round(7 * history.Age);
        return new() { FirstDay = first, LastDay = first + (int)Math.Round(7 * history.Recency), PurchaseDays = history.Repeats + 1, RepeatSpend = spend, Spend = spend };
    }

    private static void Evaluate(Action<string, string, Times, string, double?> row)
    {
        var root = MeasuredBase.Root();
        var program = Path.Combine(root, "src/AmoLtv.Host/bin/Release/net10.0/amoltv");
        var csv = Path.Combine(root, "../shared/data/cdnow_sample.csv");
        if (!File.Exists(program) || !File.Exists(csv))
        {
            Console.Error.WriteLine($"Not measured, one of the files is missing: {program}, {csv}.");
            return;
        }

        row("amoltv evaluate --json, whole process", "cdnow_sample.csv", Measure(7, () =>
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["evaluate", "--csv", csv, "--json"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }), "1,500", 1630);
    }

    private static double Kernel()
    {
        double sum = 0;
        for (var i = 1; i <= 10_000_000; i++)
        {
            sum += Math.Log(1 + Math.Exp(-i * 1e-7));
        }

        return sum;
    }

    private static Times Measure(int runs, Action action)
    {
        action();
        var (times, processor) = (new double[runs], new double[runs]);
        for (var i = 0; i < runs; i++)
        {
            var (began, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            action();
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            processor[i] = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds;
        }

        Array.Sort(times);
        return new Times(times[0], times[runs / 2], processor.Min());
    }

    // Processor time of this process: of a process of its own the system tells nothing once it has ended.
    private readonly record struct Times(double Least, double Median, double Processor);
}
