using System.Text.Json;

namespace AmoLtv.Host.Settings;

/// <summary>Settings that are not saved yet.</summary>
/// <param name="Settings">All of them.</param>
/// <param name="BasedOn">The version they were begun from.</param>
/// <param name="Step">Where the wizard stands.</param>
public sealed record SettingsDraftSave(JsonElement Settings, int BasedOn, string Step);
