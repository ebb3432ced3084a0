namespace AmoLtv.Host.Pacing;

/// <summary>
/// The clock of what processes share: the database's, unless the service goes by another clock than the machine's (a sandbox's),
/// which its processes share then.
/// </summary>
internal static class ServiceMoment
{
    /// <summary>Null: the database's own time counts.</summary>
    public static DateTimeOffset? Of(TimeProvider time) => ReferenceEquals(time, TimeProvider.System) ? null : time.GetUtcNow();
}
