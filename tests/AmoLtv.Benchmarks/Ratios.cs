using System.Text.Json;

namespace AmoLtv.Benchmarks;

/// <summary>Ratios of what was measured to what limits it, printed as one line of JSON: <c>{"name":{"ratio":…,"asked":…,figures…}}</c>.</summary>
internal sealed class Ratios
{
    private readonly Dictionary<string, Dictionary<string, double>> _byName = new(StringComparer.Ordinal);

    /// <param name="name">What was measured against what.</param>
    /// <param name="ratio">The one divided by the other.</param>
    /// <param name="asked">The goal: at most so much.</param>
    /// <param name="figures">What the ratio was made of, by name with the unit in it.</param>
    public void Add(string name, double ratio, double asked, params (string Name, double Value)[] figures)
    {
        var kept = new Dictionary<string, double>(StringComparer.Ordinal) { ["ratio"] = Math.Round(ratio, 4), ["asked"] = asked };
        foreach (var (figure, value) in figures)
        {
            kept[figure] = Math.Round(value, 3);
        }

        _byName[name] = kept;
    }

    public void Print() => Console.WriteLine(JsonSerializer.Serialize(_byName));
}
