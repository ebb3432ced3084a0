namespace AmoLtv.Host.Scheduling;

/// <summary>Which clock the service goes by (section <c>Crm</c>).</summary>
public sealed class ClockOptions
{
    public const string Section = "Crm";

    /// <summary>Address of a sandbox whose clock is taken, <c>http://127.0.0.1:PORT</c>; null: the machine's clock.</summary>
    public Uri? SandboxClock { get; init; }
}
