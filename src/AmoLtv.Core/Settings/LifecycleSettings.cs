namespace AmoLtv.Core.Settings;

/// <summary>
/// How long a client may be silent, in its own typical gaps, before its state worsens.
/// Each 0.5 to 100 and above the one before.
/// </summary>
public sealed record LifecycleSettings
{
    public double SlippingAfterGaps { get; init; } = 1.5;

    public double DormantAfterGaps { get; init; } = 2.5;

    public double LostAfterGaps { get; init; } = 4;
}
