namespace AmoLtv.Host.Settings;

/// <summary>A version to go back to, by saving it anew.</summary>
/// <param name="BasedOn">The version in force as the page knows it.</param>
/// <param name="Comment">Why, at most 500 characters.</param>
public sealed record SettingsRestore(int BasedOn, string? Comment);
