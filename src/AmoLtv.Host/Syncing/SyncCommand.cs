using System.CommandLine;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Syncing;

/// <summary><c>amoltv sync</c>.</summary>
public static class SyncCommand
{
    public static Command Create() =>
        new Command("sync", "Reads the account's leads, companies and contacts from the CRM.").WithRun([RunSteps.Sync], isDated: false);
}
