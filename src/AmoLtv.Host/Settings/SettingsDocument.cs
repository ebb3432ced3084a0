using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Settings;

/// <summary>All that the settings page shows first.</summary>
public sealed record SettingsDocument
{
    /// <summary>The version in force.</summary>
    public required SavedSettings Saved { get; init; }

    /// <summary>What is recommended, and in force where nothing was saved.</summary>
    public AccountSettings Defaults { get; init; } = new();

    /// <summary>What the settings name and the CRM no longer has.</summary>
    public required IReadOnlyList<SettingError> Warnings { get; init; }

    /// <summary>What they need and nobody has read from the CRM yet.</summary>
    public required IReadOnlyList<UnreadValue> Unread { get; init; }

    public required AccountCurrency Currency { get; init; }

    /// <summary>Whether the last valuation was made with the version in force; null before the first valuation.</summary>
    public bool? IsValued { get; init; }

    public DateTimeOffset? ValuedAt { get; init; }
}
