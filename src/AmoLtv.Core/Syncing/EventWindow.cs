using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Syncing;

/// <summary>Which events have to be read to know when leads entered stages.</summary>
/// <param name="From">Both ends included.</param>
public sealed record EventWindow(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>
    /// Two days back from the last reading: events may appear a little late, and a scan takes hours at most.
    /// Reading an event twice changes nothing.
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(2);

    /// <summary>Where leads were lost from is looked at over twelve months: a first reading goes back no further.</summary>
    private const int MonthsOfLosses = 12;

    /// <summary>Stages whose date only an event tells: those the settings count or take back, other than won and lost, which have <c>closed_at</c>.</summary>
    public static IReadOnlySet<StageKey> Stages(AccountSettings settings) =>
        settings.WonStages.ExtraStages
            .Concat(settings.Returns.Where(entry => entry.Kind == ReturnKind.CreditNote).Select(entry => entry.Stage))
            .Where(stage => stage.Status.Value is not (142 or 143))
            .ToHashSet();

    /// <summary>All events since the beginning where a stage was not read to the end yet, else those since the stage read least far.</summary>
    /// <param name="readUntil">Stages whose events were read to the end, and the moment up to which.</param>
    /// <returns>Null where no stage needs events.</returns>
    public static EventWindow? For(
        IReadOnlySet<StageKey> stages, IReadOnlyDictionary<StageKey, DateTimeOffset> readUntil, DateTimeOffset now)
    {
        if (stages.Count == 0)
        {
            return null;
        }

        return stages.All(readUntil.ContainsKey)
            ? new EventWindow(stages.Min(stage => readUntil[stage]) - Overlap, now)
            : new EventWindow(DateTimeOffset.UnixEpoch, now);
    }

    /// <summary>Events that tell where leads were lost from: since the last reading, of the last twelve months at most.</summary>
    /// <param name="readUntil">Up to when they were read to the end; null where never.</param>
    public static EventWindow ForLosses(DateTimeOffset? readUntil, DateTimeOffset now)
    {
        var earliest = now.AddMonths(-MonthsOfLosses);
        return new EventWindow(readUntil - Overlap is { } from && from > earliest ? from : earliest, now);
    }
}
