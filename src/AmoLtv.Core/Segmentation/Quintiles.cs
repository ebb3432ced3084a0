namespace AmoLtv.Core.Segmentation;

/// <summary>Fifths of a base.</summary>
public static class Quintiles
{
    private const int Parts = 5;

    /// <summary>
    /// Scores 1 (lowest) to 5 of each value, in the order given. Equal values share the score of the middle of the places
    /// they take together, so that a base of equals scores 3 and turning the scale round mirrors the scores.
    /// </summary>
    public static int[] Score(IReadOnlyList<decimal> values)
    {
        var sorted = values.ToArray();
        var places = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, places);
        var scores = new int[sorted.Length];
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            var score = ScoreOf(start + end, sorted.Length);
            for (; start < end; start++)
            {
                scores[places[start]] = score;
            }
        }

        return scores;
    }

    /// <summary>The fifth in which twice the middle place falls; on the border of two the one nearer to the middle.</summary>
    private static int ScoreOf(int twiceMiddle, int count)
    {
        var (fifth, rest) = Math.DivRem((long)Parts * twiceMiddle, 2L * count);
        return (int)(rest == 0 && fifth > Parts / 2 ? fifth : fifth + 1);
    }
}
