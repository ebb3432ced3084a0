namespace AmoLtv.Core.Settings;

/// <summary>Tiers changed one property at a time, as the command line does; codes are A, B, C, … in order.</summary>
internal static class TierTexts
{
    public static TierSettings WithThresholds(TierSettings settings, IReadOnlyList<decimal> thresholds) =>
        // A wrong number of thresholds leaves a gap that validation names.
        thresholds.Count >= settings.Tiers.Count
            ? throw new FormatException($"{thresholds.Count} thresholds do not cut {settings.Tiers.Count} tiers.")
            : settings with
            {
                Tiers = [.. settings.Tiers.Select((tier, index) => tier with { Threshold = index < thresholds.Count ? thresholds[index] : null })],
            };

    public static TierSettings WithNames(TierSettings settings, IReadOnlyList<string> names) => settings with
    {
        Tiers =
        [
            .. names.Select((name, index) => index < settings.Tiers.Count
                ? settings.Tiers[index] with { Name = name, Threshold = index == names.Count - 1 ? null : settings.Tiers[index].Threshold }
                : new TierDefinition(((char)('A' + index)).ToString(), name, "#7b828c", null)),
        ],
    };

    public static TierSettings WithColors(TierSettings settings, IReadOnlyList<string> colors) =>
        colors.Count == settings.Tiers.Count
            ? settings with { Tiers = [.. settings.Tiers.Zip(colors, (tier, color) => tier with { Color = color })] }
            : throw new FormatException($"{colors.Count} colours for {settings.Tiers.Count} tiers.");
}
