namespace AmoLtv.Host.Running;

/// <summary>How a run stands, as the tables say it.</summary>
public static class RunStatus
{
    public const string Running = "running";
    public const string Finished = "finished";

    /// <summary>A step could not do its work; the steps that need it were not taken.</summary>
    public const string Failed = "failed";

    /// <summary>A person or a stopping service ended it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Its process died or froze; the run that came after it said so.</summary>
    public const string Interrupted = "interrupted";
}
