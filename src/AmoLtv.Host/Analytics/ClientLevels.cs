using System.Text.Encodings.Web;
using System.Text.Json;
using AmoLtv.Core.Attribution;

namespace AmoLtv.Host.Analytics;

/// <summary>Which level of each driver each client has, by its place; pooled, since a base has few levels.</summary>
internal sealed class ClientLevels
{
    /// <summary>Columns of their own: no need to keep them twice.</summary>
    private static readonly string[] Columns = ["channel", "manager"];

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Name, string?[] Levels)> _traits = [];

    /// <summary>Notes a trait on its way to the analysis.</summary>
    public DriverTrait Note(DriverTrait trait, IReadOnlyList<AnalysedClient> clients)
    {
        if (!Columns.Contains(trait.Name))
        {
            _traits.Add((trait.Name, [.. clients.Select(client => trait.Levels.GetValueOrDefault(client.Key))]));
        }

        return trait;
    }

    /// <summary>Adds the levels of the client at a place to what its row says.</summary>
    public void AddTo(ref RowDigest digest, int place)
    {
        foreach (var (name, levels) in _traits)
        {
            digest.Add(name);
            digest.Add(levels[place]);
        }
    }

    /// <summary>The levels of the client at a place, as a JSON object; a database's text takes no NUL.</summary>
    public string Of(int place) => JsonSerializer.Serialize(
        _traits.Where(trait => trait.Levels[place] is not null)
            .DistinctBy(trait => trait.Name)
            .ToDictionary(trait => trait.Name, trait => trait.Levels[place]!.Replace("\0", "", StringComparison.Ordinal)),
        Plain);
}
