namespace AmoLtv.Host.Scheduling;

/// <summary>How the service runs accounts by itself (section <c>Scheduling</c>).</summary>
public sealed class SchedulingOptions
{
    public const string Section = "Scheduling";

    /// <summary>Whether an account that has just been connected is run at once, without waiting for its night.</summary>
    public bool RunWhenConnected { get; init; } = true;

    /// <summary>Accounts one process runs at the same time (1 to 64).</summary>
    public int MaxRunsAtOnce { get; init; } = 4;

    /// <summary>Beside those: accounts whose last night took long that one process runs at the same time (1 to 64).</summary>
    public int MaxLongRunsAtOnce { get; init; } = 1;

    /// <summary>How often schedules are compared with accounts and settings, seconds (1 to 3600).</summary>
    public int ReconcileSeconds { get; init; } = 30;
}
