using System.CommandLine;

namespace AmoLtv.Host.Syncing;

/// <summary><c>amoltv sync</c>.</summary>
public static class SyncCommand
{
    public static Command Create() => new("sync", "Reads the account's leads, companies and contacts from the CRM.");
}
