using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Settings;

/// <summary>Settings that a user has not saved yet.</summary>
/// <param name="BasedOn">The version they were begun from.</param>
/// <param name="Step">Where the wizard stood.</param>
/// <param name="Settings">All of them; they may not be valid yet.</param>
/// <param name="UpdatedAt">When they were touched last.</param>
public sealed record SettingsDraft(int BasedOn, string Step, AccountSettings Settings, DateTimeOffset UpdatedAt);
