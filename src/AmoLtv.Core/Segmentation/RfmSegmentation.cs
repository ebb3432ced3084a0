using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Segmentation;

/// <summary>The base by recency, frequency and monetary value.</summary>
/// <param name="Scores">One for each client that ever bought, by scope and id.</param>
/// <param name="Recency">What recency was cut by.</param>
/// <param name="Frequency">What frequency was cut by.</param>
/// <param name="Monetary">What monetary value was cut by.</param>
public sealed record RfmSegmentation(IReadOnlyList<RfmScore> Scores, RfmRule Recency, RfmRule Frequency, RfmRule Monetary)
{
    /// <summary>Above this percent of clients with one purchase in the period, or none, fifths of frequency would be arbitrary.</summary>
    private const int FewPurchasesPercent = 40;

    private static readonly int[] FewPurchasesCuts = [2, 3, 4, 7];

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
        var (recency, recencyRule) = ScoreRecency(clients, settings.RecencyDays);
        var (frequency, frequencyRule) = ScoreFrequency(clients, settings.Purchases);
        var (monetary, monetaryRule) = Score([.. clients.Select(client => client.HistoricalLtv)], settings.Value);
        var scores = clients.Select((client, index) => new RfmScore(
            client.Key, recency[index], frequency[index], monetary[index], RfmGroups.Of(recency[index], frequency[index])));
        return new RfmSegmentation([.. scores], recencyRule, frequencyRule, monetaryRule);
    }

    /// <summary>Silence counts against a client, so it is scored as its negative.</summary>
    private static (int[] Scores, RfmRule Rule) ScoreRecency(List<CustomerFigures> clients, IReadOnlyList<int> longest)
    {
        decimal[] nearness = [.. clients.Select(client => -(decimal)SilentDays(client.Relationship!.Value))];
        return Score(nearness, [.. longest.Reverse().Select(days => -(decimal)days)]);
    }

    private static (int[] Scores, RfmRule Rule) ScoreFrequency(List<CustomerFigures> clients, IReadOnlyList<int> fewest)
    {
        decimal[] purchases = [.. clients.Select(client => client.Purchases)];
        if (fewest.Count == 0 && purchases.Count(count => count <= 1) * 100 > FewPurchasesPercent * purchases.Length)
        {
            return (Score(purchases, [.. FewPurchasesCuts.Select(count => (decimal)count)]).Scores, RfmRule.FewPurchases);
        }

        return Score(purchases, [.. fewest.Select(count => (decimal)count)]);
    }

    private static (int[] Scores, RfmRule Rule) Score(decimal[] values, IReadOnlyList<decimal> least) => least.Count == 0
        ? (Quintiles.Score(values), RfmRule.Quintiles)
        : ([.. values.Select(value => 1 + least.Count(cut => value >= cut))], RfmRule.Thresholds);

    private static int SilentDays(Relationship relationship) => relationship.AsOf.DayNumber - relationship.Last.DayNumber;
}
