namespace AmoLtv.Core.WritingBack;

/// <summary>Spreads writes over time, so that automations in the CRM that react to changed fields are not flooded.</summary>
/// <param name="CardsPerMinute">At most so many cards a minute, 1 or more.</param>
/// <param name="LongestRun">A run writes no longer than this; what is left waits for the next one.</param>
public sealed record WritePace(int CardsPerMinute, TimeSpan LongestRun)
{
    /// <summary>Batches a minute where the rate allows no full ones: cards change evenly, not all at once.</summary>
    private const int BatchesPerMinute = 6;

    /// <summary>Cards in a batch.</summary>
    /// <param name="most">The most the CRM takes.</param>
    public int BatchSize(int most) => Math.Clamp(CardsPerMinute / BatchesPerMinute, 1, most);

    /// <summary>How long to wait before the next batch.</summary>
    /// <param name="sent">Cards sent by this run.</param>
    /// <param name="elapsed">Since the first batch.</param>
    public TimeSpan Wait(long sent, TimeSpan elapsed)
    {
        var due = TimeSpan.FromMinutes((double)sent / CardsPerMinute);
        return due > elapsed ? due - elapsed : TimeSpan.Zero;
    }

    /// <summary>Whether the next batch would begin after the run's time.</summary>
    /// <param name="sent">Cards sent by this run.</param>
    /// <param name="elapsed">Since the first batch.</param>
    public bool IsOver(long sent, TimeSpan elapsed) => elapsed + Wait(sent, elapsed) >= LongestRun;
}
