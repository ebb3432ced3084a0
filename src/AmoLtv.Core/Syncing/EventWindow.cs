using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Syncing;

/// <summary>Which events have to be read to know when leads entered stages.</summary>
/// <param name="From">Both ends included.</param>
public sealed record EventWindow(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>
    /// Two days back from the last sync: events may appear a little late, and a scan takes hours at most.
    /// Reading an event twice changes nothing.
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(2);

    /// <summary>Stages whose date only an event tells: those the settings count or take back, other than won and lost, which have <c>closed_at</c>.</summary>
    public static IReadOnlySet<StageKey> Stages(AccountSettings settings) =>
        settings.WonStages.ExtraStages
            .Concat(settings.Returns.Where(entry => entry.Kind == ReturnKind.CreditNote).Select(entry => entry.Stage))
            .Where(stage => stage.Status.Value is not (142 or 143))
            .ToHashSet();

    /// <summary>All events since the beginning where a stage has none stored yet, else those since the last sync.</summary>
    /// <param name="known">Stages that have stored entries.</param>
    /// <param name="syncedAt">End of the last whole sync, null before the first.</param>
    /// <returns>Null where no stage needs events.</returns>
    public static EventWindow? For(IReadOnlySet<StageKey> stages, IReadOnlySet<StageKey> known, DateTimeOffset? syncedAt, DateTimeOffset now)
    {
        if (stages.Count == 0)
        {
            return null;
        }

        return syncedAt is { } last && stages.IsSubsetOf(known)
            ? new EventWindow(last - Overlap, now)
            : new EventWindow(DateTimeOffset.UnixEpoch, now);
    }
}
