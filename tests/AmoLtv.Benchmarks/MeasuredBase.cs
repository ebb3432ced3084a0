using System.Globalization;
using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Benchmarks;

/// <summary>A base to measure on: histories and amounts of repeat purchases.</summary>
internal sealed record MeasuredBase(string Name, RepeatSummary[] Histories, SpendSummary[] Spends)
{
    private const double Weeks = 39;

    /// <summary>The file's first 39 weeks where it is beside the project, a drawn base of the same size and process otherwise.</summary>
    public static MeasuredBase Of(string file, int customers)
    {
        var path = Path.Combine(Root(), "..", "shared", "data", file);
        if (!File.Exists(path))
        {
            return Drawn(customers);
        }

        var rows = File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(row => (
            long.Parse(row[0], CultureInfo.InvariantCulture),
            DateOnly.ParseExact(row[1], "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber,
            double.Parse(row[2], CultureInfo.InvariantCulture)));
        var log = PurchaseLog.From(rows, new DateOnly(1997, 9, 30).DayNumber);
        return new MeasuredBase($"{file}, 39 weeks", log.Histories, log.RepeatSpends);
    }

    /// <summary>Drawn from the BG/NBD and Gamma-Gamma processes at CDNOW's published parameters, purchases on whole days, with a seed.</summary>
    public static MeasuredBase Drawn(int customers)
    {
        var random = new Random(20070401);
        var (histories, spends) = (new RepeatSummary[customers], new SpendSummary[customers]);
        for (var i = 0; i < customers; i++)
        {
            histories[i] = History(random);
            spends[i] = histories[i].Repeats == 0 ? default : new SpendSummary(histories[i].Repeats, Gamma(random, 6.25 * histories[i].Repeats) / histories[i].Repeats * 15.44 / Gamma(random, 3.74));
        }

        return new MeasuredBase($"{customers.ToString("N0", CultureInfo.InvariantCulture)} drawn customers", histories, spends);
    }

    public static string Root()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "AmoLtv.sln")))
        {
            root = root.Parent;
        }

        return root?.FullName ?? Directory.GetCurrentDirectory();
    }

    private static RepeatSummary History(Random random)
    {
        var age = (int)(7 * (Weeks - 12 * random.NextDouble()));
        var rate = Gamma(random, .243) / 4.414 / 7;
        var stays = Gamma(random, 2.426);
        var leaving = Gamma(random, .793) is var leaves && leaves + stays > 0 ? leaves / (leaves + stays) : 1;
        double time = 0;
        var (repeats, last) = (0, 0);
        while ((time += -Math.Log(1 - random.NextDouble()) / Math.Max(rate, 1e-12)) <= age)
        {
            if ((int)Math.Ceiling(time) > last)
            {
                (repeats, last) = (repeats + 1, (int)Math.Ceiling(time));
            }

            if (random.NextDouble() < leaving)
            {
                break;
            }
        }

        return new RepeatSummary(repeats, last / 7.0, age / 7.0);
    }

    // Marsaglia and Tsang (2000).
    private static double Gamma(Random random, double shape)
    {
        if (shape < 1)
        {
            return Gamma(random, shape + 1) * Math.Pow(random.NextDouble(), 1 / shape);
        }

        var d = shape - 1.0 / 3;
        while (true)
        {
            var z = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + z / Math.Sqrt(9 * d), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < z * z / 2 + d - d * v + d * Math.Log(v))
            {
                return d * v;
            }
        }
    }
}
