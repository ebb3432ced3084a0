using System.Security.Cryptography;
using System.Text.Json;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Settings;

/// <summary>
/// A word for a state of settings, given out with them and sent back with a change: whoever changed them in between, at a page or on the
/// command line, they then have another.
/// </summary>
public static class SeenState
{
    public static string Of<T>(T state) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(state, SettingsJson.Options)).AsSpan(0, 8));
}
