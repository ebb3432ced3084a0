using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Segmentation;

/// <summary>
/// Headline LTVs of the clients at evenly spaced places of the base, the highest first: enough to say how far up a client
/// stands, without a row for each client that the change of one other would have to touch.
/// </summary>
/// <param name="Values">At most <see cref="Longest"/>; of a base no larger than that, every client's. In the account's currency.</param>
public sealed record ValueLadder(IReadOnlyList<decimal> Values)
{
    public const int Longest = 1000;

    /// <summary>Of the clients among these; one without an LTV stands as 0.</summary>
    public static ValueLadder Of(IEnumerable<CustomerFigures> customers)
    {
        decimal[] ltvs = [.. customers.Where(customer => customer.IsClient).Select(client => client.Ltv ?? 0)];
        Array.Sort(ltvs);
        Array.Reverse(ltvs);
        var steps = Math.Min(Longest, ltvs.Length);
        return new ValueLadder([.. Enumerable.Range(1, steps).Select(step => ltvs[(int)((long)step * ltvs.Length / steps) - 1])]);
    }

    /// <summary>How far up a client with this LTV stands, percent above 0 to 100: 6 is "among the top 6 %"; clients of equal LTV share the best place.</summary>
    public double TopPercent(decimal ltv) =>
        Values.Count == 0 ? 100 : 100.0 * Math.Min(Values.Count, 1 + Values.Count(value => value > ltv)) / Values.Count;
}
