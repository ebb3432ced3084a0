namespace AmoLtv.Host.Settings;

/// <summary>What came of a save.</summary>
/// <param name="Saved">The version in force now.</param>
/// <param name="Fresh">When the numbers follow.</param>
public sealed record SettingsSaved(SavedSettings Saved, Freshness Fresh);
