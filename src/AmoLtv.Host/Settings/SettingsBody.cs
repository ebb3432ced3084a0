using System.Text.Json;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Settings;

/// <summary>Settings within the body of a request.</summary>
public static class SettingsBody
{
    /// <param name="settings">The property of the body; undefined where the body lacks it.</param>
    /// <exception cref="JsonException">There are none, or they cannot be read.</exception>
    public static AccountSettings Read(JsonElement settings) => settings.ValueKind == JsonValueKind.Object
        ? settings.Deserialize<AccountSettings>(SettingsJson.Options)!
        : throw new JsonException("The request has no settings.");
}
