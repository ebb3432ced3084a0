using System.CommandLine;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Syncing;

/// <summary><c>amoltv sync</c>.</summary>
public static class SyncCommand
{
    public static Command Create()
    {
        var whole = new Option<bool>("--whole") { Description = "Looks at every lead, company and contact, as the service does once a week, and counts what changes had not told." };
        return new Command("sync", "Reads what changed in the account's leads, companies and contacts; all of them the first time and once a week.") { whole }
            .WithRun([RunSteps.Sync], isDated: false, async (services, parsed, account, cancellationToken) =>
            {
                if (parsed.GetValue(whole))
                {
                    await services.GetRequiredService<SyncStateStore>().AskWholeAsync(account, cancellationToken);
                }
            });
    }
}
