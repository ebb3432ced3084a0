using System.CommandLine;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary><c>amoltv undo --run N</c>: takes back what a run wrote into the CRM.</summary>
public static class UndoCommand
{
    public static Command Create()
    {
        var account = TargetAccounts.CreateOption();
        var run = new Option<long>("--run") { Description = "Number of the run whose writes are taken back.", Required = true };
        var json = new Option<bool>("--json") { Description = "Prints the counts as one line of JSON at the end of standard output." };
        var command = new Command(
            "undo", "Writes back what stood in the CRM before a run, wherever the CRM still holds what that run wrote; scheduled write-back then pauses.")
        {
            account, run, json,
        };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            (services, token) => RunAsync(services, parsed.GetValue(account), new RunId(parsed.GetValue(run)), parsed.GetValue(json), token),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, long? asked, RunId undone, bool isJson, CancellationToken cancellationToken)
    {
        // A run has one number over all accounts: it says by itself whose it was.
        var owner = await services.GetRequiredService<UndoStore>().FindOwnerAsync(undone, cancellationToken);
        if (owner is null || (asked is { } account && account != owner.Value.Value))
        {
            throw new CommandFailedException($"There is no run {undone}{(asked is null ? "" : $" of account {asked}")}.");
        }

        var request = new RunRequest(RunCause.Command, [RunSteps.Undo], null, RunRequest.CommandPatience) { Undoes = undone };
        return await RunVerb.RunAsync(
            services, owner.Value.Value, request, isJson, outcome => ExplainAsync(services, outcome, cancellationToken), cancellationToken);
    }

    private static async Task ExplainAsync(IServiceProvider services, RunOutcome outcome, CancellationToken cancellationToken)
    {
        foreach (var (status, reason, fields) in await services.GetRequiredService<WrittenFieldStore>().SummaryAsync(outcome.Account, outcome.Run, cancellationToken))
        {
            await Console.Out.WriteLineAsync($"{fields} fields {(status == "confirmed" ? "restored" : status == "skipped" ? "left alone" : status)}.{(reason is null ? "" : " " + reason)}");
        }

        await Console.Out.WriteLineAsync(
            $"Scheduled write-back of account {outcome.Account} is paused; amoltv write-back --account {outcome.Account} writes again. "
            + $"Field by field: amoltv write-back changes --account {outcome.Account} --run {outcome.Run}.");
    }
}
