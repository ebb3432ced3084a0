using AmoLtv.Core.Segmentation;

namespace AmoLtv.Host.Analytics;

/// <summary>The base by scores of recency and frequency.</summary>
/// <param name="PreviousRun">Run it is compared with; null where there was none.</param>
/// <param name="Unscored">Clients that were not cut yet.</param>
/// <param name="Cells">All 25.</param>
internal sealed record RfmDocument(long Run, long? PreviousRun, int Unscored, IReadOnlyList<RfmCell> Cells)
{
    public static RfmDocument Of(AnalysedBase analysed, RfmDocument? before)
    {
        var clients = analysed.Clients.Where(client => client.FirstPurchase is not null).ToList();
        var scored = clients.Where(client => client.RfmScores is not null)
            .Select(client => (client.RfmScores!.Value.Recency, client.RfmScores.Value.Frequency, client.Value)).ToList();
        return new RfmDocument(analysed.Account.Run.Run.Value, before?.Run, clients.Count - scored.Count, RfmCell.Grid(scored, before?.Cells));
    }
}
