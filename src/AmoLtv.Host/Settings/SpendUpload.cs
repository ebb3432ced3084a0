namespace AmoLtv.Host.Settings;

/// <summary>A file of spend.</summary>
/// <param name="Text">Its content as text, at most a million characters.</param>
/// <param name="Name">Its name.</param>
/// <param name="ReplacesAll">Whether what it does not name is taken out.</param>
/// <param name="Seen">What the preview named as the state of the table; null where nothing was looked at.</param>
public sealed record SpendUpload(string Text, string? Name, bool ReplacesAll, string? Seen);
