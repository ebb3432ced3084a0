namespace AmoLtv.Host.Cards;

/// <summary>The line of what was bought.</summary>
public static class CardHistory
{
    /// <summary>More points than a line of this width can show.</summary>
    public const int MostPoints = 60;

    /// <summary>
    /// Sums up to each day. On a basis other than revenue every day has the client's average margin, so that the line ends at what
    /// the card says was bought.
    /// </summary>
    /// <param name="bought">Revenue by day, oldest first.</param>
    /// <param name="total">What was bought, on the basis of the card.</param>
    public static IReadOnlyList<HistoryPoint> Of(IReadOnlyList<(DateOnly Day, decimal Amount)> bought, decimal total)
    {
        var revenue = bought.Sum(day => day.Amount);
        if (revenue <= 0)
        {
            return [];
        }

        var reached = 0m;
        var points = new List<HistoryPoint>(bought.Count);
        foreach (var (day, amount) in bought)
        {
            reached += amount;
            points.Add(new HistoryPoint(day, decimal.Round(reached * total / revenue, 2, MidpointRounding.AwayFromZero)));
        }

        return Thinned(points);
    }

    private static List<HistoryPoint> Thinned(List<HistoryPoint> points) =>
        points.Count <= MostPoints
            ? points
            : [.. Enumerable.Range(0, MostPoints).Select(place => points[(int)((long)place * (points.Count - 1) / (MostPoints - 1))])];
}
