namespace AmoLtv.Host.Scheduling;

/// <summary>
/// Lanes of the scheduler. Runs of accounts that took long the last time have a lane of their own, so that however many of
/// them are due, the others' nights go on beside them; recurring work belongs to neither and always finds a thread.
/// </summary>
internal static class RunGroup
{
    public const string Ordinary = "runs";

    public const string Long = "long-runs";

    /// <summary>A run that took longer than this belongs into the lane of long ones.</summary>
    public static readonly TimeSpan LongFrom = TimeSpan.FromMinutes(10);

    /// <summary>The lane of an account by what its last whole run took; null: it has had none.</summary>
    public static string Of(TimeSpan? lastRun) => lastRun > LongFrom ? Long : Ordinary;
}
