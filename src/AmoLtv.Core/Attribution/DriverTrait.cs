using System.Globalization;
using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Attribution;

/// <summary>Something known of clients that may go with a higher LTV.</summary>
/// <param name="Name">For example channel, manager, the name of a field.</param>
/// <param name="Levels">The client's own; clients about whom nothing is known are left out.</param>
public sealed record DriverTrait(string Name, IReadOnlyDictionary<CustomerKey, string> Levels)
{
    /// <summary>Stands for the levels with the fewest clients.</summary>
    public const string OtherLevels = "*";

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

    /// <summary>
    /// What is written of clients, for example a field of the company. Spaces around a text do not matter. Beyond the levels with the
    /// most clients the others stand together as <see cref="OtherLevels"/>: a text of its own for each client says nothing about any.
    /// </summary>
    /// <param name="name">The attribute's.</param>
    /// <param name="texts">The client's own; an empty one is not known.</param>
    /// <param name="most">Levels kept apart, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is out of range.</exception>
    public static DriverTrait OfTexts(string name, IReadOnlyDictionary<CustomerKey, string> texts, int most = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        var kept = texts.Values.Where(text => !string.IsNullOrWhiteSpace(text)).CountBy(text => text.Trim())
            .OrderByDescending(level => level.Value).ThenBy(level => level.Key, StringComparer.Ordinal)
            .Take(most)
            .ToDictionary(level => level.Key, level => level.Key);
        return new DriverTrait(name, texts
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Value))
            .ToDictionary(pair => pair.Key, pair => kept.GetValueOrDefault(pair.Value.Trim(), OtherLevels)));
    }

    private static string NameOf(decimal least, decimal largest) => least == largest
        ? least.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{least}..{largest}");
}
