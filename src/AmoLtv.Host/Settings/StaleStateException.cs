namespace AmoLtv.Host.Settings;

/// <summary>What should be changed is another than the page showed; nothing was changed.</summary>
/// <param name="current">As it is now.</param>
/// <param name="by">Who made it so; null where that left no trace, as on the command line.</param>
/// <param name="at">When.</param>
public sealed class StaleStateException(object? current, string? by, DateTimeOffset? at)
    : Exception("Somebody else has changed this meanwhile; nothing was saved.")
{
    public object? Current { get; } = current;

    public string? By { get; } = by;

    public DateTimeOffset? At { get; } = at;
}
