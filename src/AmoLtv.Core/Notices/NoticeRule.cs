namespace AmoLtv.Core.Notices;

/// <summary>What is told when: each incident once in each channel, a lasting one again after a week, one that comes and goes or could not be sent once a day.</summary>
public static class NoticeRule
{
    /// <summary>The same kind of incident is not told more often in one channel, however often it comes and goes.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(24);

    /// <summary>An incident that is still there after so long is told again.</summary>
    public static readonly TimeSpan Reminder = TimeSpan.FromDays(7);

    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    /// <summary>The notices to store and send now.</summary>
    /// <param name="open">Incidents that are not over.</param>
    /// <param name="channels">Channels that are configured and can be used now; without a connection the CRM cannot.</param>
    /// <param name="told">Notices stored before.</param>
    /// <param name="now">The present.</param>
    public static IReadOnlyList<DueNotice> Due(
        IReadOnlyCollection<Incident> open, IReadOnlyCollection<NoticeChannel> channels, IReadOnlyCollection<ToldNotice> told, DateTimeOffset now)
    {
        var due = new List<DueNotice>();
        foreach (var incident in open)
        {
            foreach (var channel in channels)
            {
                var before = told.Where(notice => notice.Kind == incident.Kind && notice.Channel == channel).ToList();
                var ofThis = before.Where(notice => notice.OpenedAt == incident.OpenedAt).ToList();
                if (IsDue(incident.Kind, before, ofThis, now))
                {
                    due.Add(new DueNotice(incident, channel, ofThis.Count == 0 ? 0 : ofThis.Max(notice => notice.Number) + 1));
                }
            }
        }

        return due;
    }

    /// <summary>
    /// The loss to tell in the CRM now that it can be reached again: of several the latest, and no more often than once a day.
    /// </summary>
    /// <param name="untold">Losses that are over and of which nothing was told.</param>
    /// <param name="told">Notices stored before.</param>
    /// <param name="now">The present.</param>
    /// <returns>Null where there is none.</returns>
    public static DueNotice? DueLate(IReadOnlyCollection<UntoldLoss> untold, IReadOnlyCollection<ToldNotice> told, DateTimeOffset now)
    {
        var before = told.Where(notice => notice is { Kind: IncidentKind.ConnectionLost, Channel: NoticeChannel.Crm }).ToList();
        return untold.Count > 0 && (before.Count == 0 || now - before.Max(notice => notice.StoredAt) >= Quiet)
            ? new DueNotice(untold.MaxBy(loss => loss.Incident.OpenedAt)!.Incident, NoticeChannel.Crm, 0)
            : null;
    }

    /// <summary>How long to wait after so many failed attempts; null: no more.</summary>
    public static TimeSpan? Pause(int attempts) => attempts >= 1 && attempts <= Pauses.Length ? Pauses[attempts - 1] : null;

    private static bool IsDue(IncidentKind kind, List<ToldNotice> before, List<ToldNotice> ofThis, DateTimeOffset now)
    {
        if (ofThis.Count > 0 && ofThis.MaxBy(notice => notice.Number)!.IsFailed)
        {
            // A channel that was away longer than its attempts lasted: nobody has heard of it there.
            return now - before.Max(notice => notice.StoredAt) >= Quiet;
        }

        if (ofThis.Count > 0)
        {
            // Fields wait for the admin's decision without harm: they are told once.
            return kind is IncidentKind.NightFailed or IncidentKind.ConnectionLost && now - ofThis.Max(notice => notice.StoredAt) >= Reminder;
        }

        return before.Count == 0 || now - before.Max(notice => notice.StoredAt) >= Quiet;
    }
}
