namespace AmoLtv.Host.Settings;

/// <summary>When a saved change is in the numbers.</summary>
/// <param name="When">
/// <c>soon</c>: within minutes; <c>afterReading</c>: once the CRM was read whole, since it needs values not read yet;
/// <c>night</c>: with the next nightly run, since nothing runs before; <c>unchanged</c>: no number hangs on it.
/// </param>
/// <param name="At">The next nightly run at the latest, where one is due.</param>
public sealed record Freshness(string When, DateTimeOffset? At)
{
    public const string Soon = "soon";
    public const string AfterReading = "afterReading";
    public const string Night = "night";
    public const string Unchanged = "unchanged";
}
