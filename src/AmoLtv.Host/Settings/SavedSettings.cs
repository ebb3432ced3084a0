using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Settings;

/// <summary>A version of an account's settings.</summary>
/// <param name="Version">1 for the first saved one; 0 where nothing was saved yet and the defaults are in force.</param>
/// <param name="Settings">What it says.</param>
/// <param name="SavedBy">Who saved it, empty for version 0.</param>
/// <param name="SavedAt">When, null for version 0.</param>
/// <param name="Comment">Why, where it was said.</param>
public sealed record SavedSettings(int Version, AccountSettings Settings, string SavedBy = "", DateTimeOffset? SavedAt = null, string? Comment = null);
