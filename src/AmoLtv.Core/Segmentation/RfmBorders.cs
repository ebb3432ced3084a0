using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Segmentation;

/// <summary>
/// Where the scores of a base change: the least number that scores 2, 3, 4 and 5. A list is shorter where no client scores that
/// high; a number that repeats skips a score.
/// </summary>
/// <param name="Recency">Days of silence as a negative number: the later the last purchase, the higher.</param>
/// <param name="Frequency">Purchases of the account's period.</param>
/// <param name="Monetary">What was bought, on the account's basis and in its currency.</param>
public sealed record RfmBorders(IReadOnlyList<decimal> Recency, IReadOnlyList<decimal> Frequency, IReadOnlyList<decimal> Monetary)
{
    /// <summary>The client's scores, each 1 to 5, and its group.</summary>
    /// <param name="client">One that ever bought.</param>
    /// <exception cref="InvalidOperationException">The client never bought.</exception>
    public RfmScore ScoreOf(CustomerFigures client)
    {
        var (recency, frequency) = (Score(NearnessOf(client), Recency), Score(client.Purchases, Frequency));
        return new RfmScore(client.Key, recency, frequency, Score(client.HistoricalLtv, Monetary), RfmGroups.Of(recency, frequency));
    }

    /// <summary>Silence counts against a client, so that it is scored as its negative.</summary>
    internal static decimal NearnessOf(CustomerFigures client)
    {
        var relationship = client.Relationship!.Value;
        return relationship.Last.DayNumber - relationship.AsOf.DayNumber;
    }

    private static int Score(decimal number, IReadOnlyList<decimal> least)
    {
        var score = 1;
        foreach (var border in least)
        {
            score += number >= border ? 1 : 0;
        }

        return score;
    }
}
