namespace AmoLtv.Core.Segmentation;

/// <summary>Clients with one pair of scores.</summary>
/// <param name="Recency">1 to 5.</param>
/// <param name="Frequency">1 to 5.</param>
/// <param name="Clients">How many.</param>
/// <param name="Value">What they add to the base, in the account's currency.</param>
/// <param name="ClientsChange">Clients now less clients in the earlier run; null without one.</param>
/// <param name="ValueChange">The same of the value.</param>
public sealed record RfmCell(int Recency, int Frequency, int Clients, decimal Value, int? ClientsChange, decimal? ValueChange)
{
    private const int Scores = 5;

    /// <summary>By recency and frequency alone.</summary>
    public RfmGroup Group => RfmGroups.Of(Recency, Frequency);

    /// <summary>All 25 cells, best recency first, then best frequency; empty ones have 0 clients.</summary>
    /// <param name="places">Scores and value of each client, scores 1 to 5.</param>
    /// <param name="before">Cells of the earlier run; null without one.</param>
    public static IReadOnlyList<RfmCell> Grid(
        IEnumerable<(int Recency, int Frequency, decimal Value)> places, IReadOnlyCollection<RfmCell>? before)
    {
        var now = places.GroupBy(place => (place.Recency, place.Frequency))
            .ToDictionary(cell => cell.Key, cell => (Clients: cell.Count(), Value: cell.Sum(place => place.Value)));
        var earlier = before?.ToDictionary(cell => (cell.Recency, cell.Frequency));
        return
        [
            .. from recency in Enumerable.Range(1, Scores).Reverse()
               from frequency in Enumerable.Range(1, Scores).Reverse()
               let cell = now.GetValueOrDefault((recency, frequency))
               let old = earlier?.GetValueOrDefault((recency, frequency))
               select new RfmCell(
                   recency, frequency, cell.Clients, cell.Value,
                   earlier is null ? null : cell.Clients - (old?.Clients ?? 0), earlier is null ? null : cell.Value - (old?.Value ?? 0)),
        ];
    }
}
