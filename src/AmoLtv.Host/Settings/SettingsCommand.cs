using System.CommandLine;

namespace AmoLtv.Host.Settings;

/// <summary><c>amoltv settings</c>.</summary>
public static class SettingsCommand
{
    public static Command Create() => new("settings", "Shows and changes an account's settings; every saved version is kept.");
}
