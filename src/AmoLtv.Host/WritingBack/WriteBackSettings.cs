using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Host.WritingBack;

/// <summary>How an account is written to.</summary>
/// <param name="CardsPerMinute">At most so many cards a minute, 1 to 10,000; null: as fast as the CRM permits.</param>
/// <param name="MinutesARun">How long a run may write at that rate, 1 to 1440; what is left waits for the next run.</param>
/// <param name="PausedBy">The undo since which only a write-back asked for by hand writes; null where nothing is paused.</param>
/// <param name="Language"><c>ru</c> or <c>en</c>; null: the brand's.</param>
public sealed record WriteBackSettings(int? CardsPerMinute, int MinutesARun, RunId? PausedBy, string? Language)
{
    public WritePace? Pace => CardsPerMinute is { } cards ? new WritePace(cards, TimeSpan.FromMinutes(MinutesARun)) : null;
}
