namespace AmoLtv.Core.Segmentation;

/// <summary>Fifths of a base, as RFM scores them (Hughes, Strategic Database Marketing, 1994).</summary>
public static class Quintiles
{
    private const int Parts = 5;

    /// <summary>
    /// Scores 1 (lowest) to 5 of each value, in the order given. Equal values share the score of the middle of the places
    /// they take together, so that a base of equals scores 3 and turning the scale round mirrors the scores.
    /// </summary>
    public static int[] Score(IReadOnlyList<decimal> values)
    {
        var borders = Borders(values);
        return [.. values.Select(value => 1 + borders.Count(border => value >= border))];
    }

    /// <summary>The least of the values that scores 2 or more, 3 or more, and so on to 5, as far as any does.</summary>
    public static IReadOnlyList<decimal> Borders(IReadOnlyList<decimal> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var borders = new List<decimal>(Parts - 1);
        for (var start = 0; start < sorted.Length && borders.Count < Parts - 1;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            for (var score = ScoreOf(start + end, sorted.Length); borders.Count < score - 1;)
            {
                borders.Add(sorted[start]);
            }

            start = end;
        }

        return borders;
    }

    /// <summary>The fifth in which twice the middle place falls; on the border of two the one nearer to the middle.</summary>
    private static int ScoreOf(int twiceMiddle, int count)
    {
        var (fifth, rest) = Math.DivRem((long)Parts * twiceMiddle, 2L * count);
        return (int)(rest == 0 && fifth > Parts / 2 ? fifth : fifth + 1);
    }
}
