using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Segmentation;

/// <summary>The base by recency, frequency and monetary value.</summary>
/// <param name="Scores">One for each client that ever bought, by scope and id.</param>
/// <param name="Borders">Where the scores change: they give each of these clients its score.</param>
/// <param name="Recency">What recency was cut by.</param>
/// <param name="Frequency">What frequency was cut by.</param>
/// <param name="Monetary">What monetary value was cut by.</param>
public sealed record RfmSegmentation(
    IReadOnlyList<RfmScore> Scores, RfmBorders Borders, RfmRule Recency, RfmRule Frequency, RfmRule Monetary)
{
    /// <summary>Above this percent of clients with one purchase in the period, or none, fifths of frequency would be arbitrary.</summary>
    private const int FewPurchasesPercent = 40;

    private static readonly decimal[] FewPurchasesCuts = [2, 3, 4, 7];

    /// <summary>
    /// Scores the clients among <paramref name="valuations"/> that ever bought: recency by the days from the last purchase
    /// to the as-of date, frequency by the purchases of the account's period, monetary value by what was bought in it on the
    /// account's basis. The order of the valuations does not matter; contacts of companies are left out.
    /// </summary>
    /// <param name="valuations">Of one as-of date.</param>
    /// <param name="settings">Valid ones.</param>
    public static RfmSegmentation Of(IEnumerable<CustomerValuation> valuations, RfmSettings settings) =>
        Of(valuations.Select(value => value.Figures), settings);

    /// <inheritdoc cref="Of(IEnumerable{CustomerValuation}, RfmSettings)"/>
    public static RfmSegmentation Of(IEnumerable<CustomerFigures> valuations, RfmSettings settings)
    {
        var clients = valuations
            .Where(value => value.IsClient)
            .OrderBy(value => value.Key.Scope).ThenBy(value => value.Key.Id)
            .ToList();
        var (borders, recency, frequency, monetary) = Cut(clients, settings);
        return new RfmSegmentation([.. clients.Select(borders.ScoreOf)], borders, recency, frequency, monetary);
    }

    /// <param name="clients">Clients that ever bought, in any order.</param>
    /// <param name="settings">Valid ones.</param>
    internal static (RfmBorders Borders, RfmRule Recency, RfmRule Frequency, RfmRule Monetary) Cut(List<CustomerFigures> clients, RfmSettings settings)
    {
        var (recency, recencyRule) = Cut([.. clients.Select(RfmBorders.NearnessOf)], [.. settings.RecencyDays.Reverse().Select(days => -(decimal)days)]);
        var (frequency, frequencyRule) = CutFrequency([.. clients.Select(client => (decimal)client.Purchases)], settings.Purchases);
        var (monetary, monetaryRule) = Cut([.. clients.Select(client => client.HistoricalLtv)], settings.Value);
        return (new RfmBorders(recency, frequency, monetary), recencyRule, frequencyRule, monetaryRule);
    }

    private static (IReadOnlyList<decimal> Least, RfmRule Rule) CutFrequency(decimal[] purchases, IReadOnlyList<int> fewest) =>
        fewest.Count == 0 && purchases.Count(count => count <= 1) * 100 > FewPurchasesPercent * purchases.Length
            ? (FewPurchasesCuts, RfmRule.FewPurchases)
            : Cut(purchases, [.. fewest.Select(count => (decimal)count)]);

    private static (IReadOnlyList<decimal> Least, RfmRule Rule) Cut(decimal[] values, IReadOnlyList<decimal> least) =>
        least.Count == 0 ? (Quintiles.Borders(values), RfmRule.Quintiles) : (least, RfmRule.Thresholds);
}
