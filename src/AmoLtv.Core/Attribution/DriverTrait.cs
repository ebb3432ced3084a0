using System.Globalization;
using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Attribution;

/// <summary>Something known of clients that may go with a higher LTV.</summary>
/// <param name="Name">For example channel, manager, the name of a field.</param>
/// <param name="Levels">The client's own; clients about whom nothing is known are left out.</param>
public sealed record DriverTrait(string Name, IReadOnlyDictionary<CustomerKey, string> Levels)
{
    /// <summary>
    /// A number such as the first purchase or the customer's grade, cut into parts of as many clients each; equal numbers
    /// stay together. A level is named by its least and largest number, <c>1000..5000</c>, or by its only one.
    /// </summary>
    /// <param name="name">The attribute's.</param>
    /// <param name="numbers">The client's own.</param>
    /// <param name="parts">2 to 10.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parts"/> is out of range.</exception>
    public static DriverTrait OfNumbers(string name, IReadOnlyDictionary<CustomerKey, decimal> numbers, int parts = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, 10);
        var before = 0;
        var partOf = new Dictionary<decimal, long>();
        foreach (var (number, count) in numbers.Values.CountBy(number => number).OrderBy(pair => pair.Key))
        {
            partOf[number] = (long)parts * ((2 * before) + count) / (2L * numbers.Count);
            before += count;
        }

        var names = partOf
            .GroupBy(pair => pair.Value, pair => pair.Key)
            .ToDictionary(group => group.Key, group => NameOf(group.Min(), group.Max()));
        return new DriverTrait(name, numbers.ToDictionary(pair => pair.Key, pair => names[partOf[pair.Value]]));
    }

    private static string NameOf(decimal least, decimal largest) => least == largest
        ? least.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{least}..{largest}");
}
