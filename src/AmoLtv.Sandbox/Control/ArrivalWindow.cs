namespace AmoLtv.Sandbox.Control;

/// <summary>How many requests arrived within the window that the limit is told by: the highest number ever seen, refused and failed ones too.</summary>
/// <param name="window">By the sandbox's clock.</param>
internal sealed class ArrivalWindow(TimeSpan window)
{
    private readonly Queue<DateTimeOffset> _arrived = new();

    public int Highest { get; private set; }

    /// <summary>When it was highest for the first time: the machine's timestamp, for those who ask what held the machine up.</summary>
    public long HighestAt { get; private set; }

    public void Arrived(DateTimeOffset now)
    {
        // A moment ahead of now: the clock was set back.
        while (_arrived.TryPeek(out var oldest) && (oldest <= now - window || oldest > now))
        {
            _arrived.Dequeue();
        }

        _arrived.Enqueue(now);
        if (_arrived.Count > Highest)
        {
            (Highest, HighestAt) = (_arrived.Count, TimeProvider.System.GetTimestamp());
        }
    }
}
