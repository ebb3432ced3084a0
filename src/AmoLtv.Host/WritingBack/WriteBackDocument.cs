using AmoLtv.Host.Settings;

namespace AmoLtv.Host.WritingBack;

/// <summary>How an account is written to, as the page shows it.</summary>
/// <param name="IsEnabled">Whether any number is written, or will be once what stands in its field is read.</param>
/// <param name="CardsPerMinute">At most so many cards a minute; null: as fast as the CRM permits.</param>
/// <param name="MinutesARun">How long a run may write at that rate.</param>
/// <param name="PausedByRun">The undo since which only a write-back asked for by hand writes; null where nothing is paused.</param>
/// <param name="Language"><c>ru</c> or <c>en</c>; null: the brand's.</param>
/// <param name="Outputs">Every number that could be written, card by card.</param>
public sealed record WriteBackDocument(
    bool IsEnabled, int? CardsPerMinute, int MinutesARun, long? PausedByRun, string? Language, IReadOnlyList<WriteBackOutput> Outputs)
{
    /// <summary>Names what was read of fields, pace and language; a change carries the one it was made on.</summary>
    public string Seen => SeenState.Of(WriteBackTrace.Of(this));
}
