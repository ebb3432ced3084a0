using AmoLtv.Core.Segmentation;

namespace AmoLtv.Host.Analytics;

/// <summary>Clients that little keeps from the next tier, the nearest first. Money in the account's currency.</summary>
/// <param name="Found">How many there are, of whom the list shows the nearest.</param>
/// <param name="Clients">At most 200.</param>
internal sealed record NearTiersDocument(int Found, IReadOnlyList<NearTierClient> Clients)
{
    private const int Longest = 200;

    public static NearTiersDocument Of(AnalysedBase analysed)
    {
        var near = analysed.NearTiers();
        return new NearTiersDocument(
            near.Count,
            [.. near.OrderBy(client => client.Missing).ThenBy(client => client.Key.Id).ThenBy(client => client.Key.Scope).Take(Longest)]);
    }
}
