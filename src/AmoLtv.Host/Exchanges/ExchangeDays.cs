namespace AmoLtv.Host.Exchanges;

/// <summary>Which of the log's 32 partitions holds a day, and which may be emptied.</summary>
public static class ExchangeDays
{
    public const int Slots = 32;

    /// <summary>Beside them lie today, tomorrow for clocks that are ahead, and one day that is emptied.</summary>
    public const int MostKept = Slots - 3;

    /// <summary>Partition of a moment's day, UTC.</summary>
    public static int SlotOf(DateTimeOffset at) => (int)(Day(at) % Slots);

    /// <summary>Partitions that hold none of the days to keep: today, <paramref name="keepDays"/> before it, and tomorrow for clocks that are ahead.</summary>
    /// <param name="keepDays">1 to <see cref="MostKept"/>.</param>
    public static IReadOnlyList<int> Old(DateTimeOffset now, int keepDays)
    {
        var kept = Enumerable.Range(-keepDays, keepDays + 2).Select(day => (int)((Day(now) + day) % Slots)).ToHashSet();
        return [.. Enumerable.Range(0, Slots).Where(slot => !kept.Contains(slot))];
    }

    private static long Day(DateTimeOffset at) => at.ToUnixTimeSeconds() / 86_400;
}
