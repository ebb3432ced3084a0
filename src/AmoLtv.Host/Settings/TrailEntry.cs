using System.Text.Json;

namespace AmoLtv.Host.Settings;

/// <summary>A change of what is not a version of the settings.</summary>
/// <param name="Id">Its number; later ones are higher.</param>
/// <param name="Area">See <see cref="TrailStore"/>.</param>
/// <param name="MadeBy">Number of the user.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Before">How it was.</param>
/// <param name="After">How it became.</param>
public sealed record TrailEntry(long Id, string Area, string MadeBy, DateTimeOffset MadeAt, JsonElement Before, JsonElement After);
