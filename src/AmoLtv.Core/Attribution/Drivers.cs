using AmoLtv.Core.Identity;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Attribution;

/// <summary>Which attributes of clients go with a higher LTV.</summary>
public static class Drivers
{
    /// <summary>Fewer clients with a value say nothing about an attribute.</summary>
    public const int LeastClients = 10;

    /// <summary>So many clients beyond one a level must show how far clients of one level differ among themselves.</summary>
    private const int LeastFreedom = 8;

    /// <summary>A level's own spread counts beside the common one as if that rested on so many clients.</summary>
    private const double PriorFreedom = 5;

    /// <summary>Clients of one level differ by one percent at least, so that equal values are not taken for certainty.</summary>
    private const double LeastVariance = 1e-4;

    /// <summary>
    /// One driver for each attribute, those whose levels differ most first. Effects are on the logarithm of LTV, so that one
    /// large client does not make a level; each level leans on the others (<see cref="PartialPooling"/>), so that of many
    /// small levels none stands out by chance. The order of clients and attributes does not matter.
    /// </summary>
    /// <param name="values">What each client adds to the base, in the account's currency; clients at 0 count, and have no effect.</param>
    /// <param name="attributes">Levels of clients that are not in <paramref name="values"/> are not read.</param>
    public static IReadOnlyList<Driver> Of(IReadOnlyDictionary<CustomerKey, decimal> values, IEnumerable<DriverTrait> attributes)
    {
        var sorted = values.OrderBy(pair => pair.Key.Scope).ThenBy(pair => pair.Key.Id).ToList();
        return
        [
            .. attributes
                .Select(attribute => Of(attribute, sorted))
                .OrderByDescending(driver => driver.SpreadPercent ?? -1).ThenBy(driver => driver.Name, StringComparer.Ordinal),
        ];
    }

    private static Driver Of(DriverTrait attribute, List<KeyValuePair<CustomerKey, decimal>> values)
    {
        var groups = values
            .Where(pair => attribute.Levels.ContainsKey(pair.Key))
            .GroupBy(pair => attribute.Levels[pair.Key], pair => pair.Value)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => LevelValues.Of(group.Key, [.. group.Order()]))
            .ToList();
        var (effects, spread) = Judge(groups);
        var levels = groups
            .Select(group => new DriverLevel(
                group.Level, group.Sums.Length, group.Sums.Sum(), Median(group.Sums), effects.TryGetValue(group.Level, out var effect) ? effect : null))
            .OrderByDescending(level => level.Effect?.Percent ?? double.NegativeInfinity).ThenBy(level => level.Level, StringComparer.Ordinal);
        return new Driver(attribute.Name, groups.Sum(group => group.Sums.Length), spread, [.. levels]);
    }

    private static (Dictionary<string, DriverEffect> Effects, double? SpreadPercent) Judge(List<LevelValues> groups)
    {
        var seen = groups.FindAll(group => group.Count > 0);
        var clients = seen.Sum(group => group.Count);
        var freedom = clients - seen.Count;
        if (seen.Count < 2 || clients < LeastClients || freedom < LeastFreedom)
        {
            return ([], null);
        }

        var common = Math.Max(LeastVariance, seen.Sum(group => group.Squares) / freedom);
        // The spread is itself estimated: Student's distribution is wider than the normal one by this.
        var widening = (double)freedom / (freedom - 2);
        var pooled = PartialPooling.Of(
            seen.ConvertAll(group => group.Mean),
            seen.ConvertAll(group => Math.Sqrt(widening * group.Variance(common) / group.Count)),
            Math.Sqrt(common) / 2);
        // Taken as known: beside the uncertainty of one level that of all clients together is small.
        var typical = seen.Sum(group => group.Count * group.Mean) / clients;
        var effects = seen.Zip(pooled.Estimates).ToDictionary(
            pair => pair.First.Level,
            pair => new DriverEffect(Percent(pair.Second.Mean - typical), Percent(pair.Second.Low - typical), Percent(pair.Second.High - typical)));
        return (effects, Percent(pooled.Spread));
    }

    /// <summary>Bounded, so that a level of wildly different clients still answers with a number.</summary>
    private static double Percent(double logarithm) => 100 * (Math.Exp(Math.Clamp(logarithm, -50, 50)) - 1);

    private static decimal Median(decimal[] sorted) =>
        Money.Round((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);

    /// <param name="Level">The level.</param>
    /// <param name="Sums">LTV of its clients, rising.</param>
    /// <param name="Count">Of them above 0.</param>
    /// <param name="Mean">Mean logarithm of those.</param>
    /// <param name="Squares">Squared distances from it in all.</param>
    private sealed record LevelValues(string Level, decimal[] Sums, int Count, double Mean, double Squares)
    {
        public static LevelValues Of(string level, decimal[] sums)
        {
            double[] logarithms = [.. sums.Where(sum => sum > 0).Select(sum => Math.Log((double)sum))];
            var mean = logarithms.Length > 0 ? logarithms.Average() : 0;
            return new LevelValues(level, sums, logarithms.Length, mean, logarithms.Sum(value => (value - mean) * (value - mean)));
        }

        public double Variance(double common) => ((PriorFreedom * common) + Squares) / (PriorFreedom + Count - 1);
    }
}
