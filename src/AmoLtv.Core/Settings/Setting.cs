namespace AmoLtv.Core.Settings;

/// <summary>One setting as a person types it.</summary>
/// <param name="Key">For example <c>cost.kind</c>.</param>
/// <param name="Allowed">What may stand there, in words.</param>
/// <param name="Read">Its value as text; the same text sets it again.</param>
/// <param name="Write">The settings with another value; throws <see cref="FormatException"/> where the text cannot be read.</param>
public sealed record Setting(
    string Key,
    string Allowed,
    Func<AccountSettings, string> Read,
    Func<AccountSettings, string, AccountSettings> Write);
