using System.Text.Json;

namespace AmoLtv.Host.Settings;

/// <summary>Settings to save.</summary>
/// <param name="Settings">All of them, as they were read, with what was changed.</param>
/// <param name="BasedOn">The version they were read as.</param>
/// <param name="Comment">Why, at most 500 characters.</param>
public sealed record SettingsSave(JsonElement Settings, int BasedOn, string? Comment);
