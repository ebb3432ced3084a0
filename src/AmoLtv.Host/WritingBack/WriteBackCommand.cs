using System.CommandLine;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using Spectre.Console;

namespace AmoLtv.Host.WritingBack;

/// <summary><c>amoltv write-back</c>: writes differences, shows them, or with <c>--enable</c> creates the fields they go into.</summary>
public static class WriteBackCommand
{
    public static Command Create()
    {
        var account = TargetAccounts.CreateOption();
        account.Recursive = true;
        var enable = new Option<bool>("--enable") { Description = "Shows the custom fields, creates those missing after a yes, and lets runs write." };
        var fields = new Option<string?>("--fields") { Description = "With --enable: numbers on companies and contacts, separated by commas, or all; left out: as before." };
        var leads = new Option<string?>("--lead-fields") { Description = "With --enable: numbers on open leads (ltv,tier), or none; left out: as before, at first none." };
        var yes = new Option<bool>("--yes") { Description = "With --enable: does not ask." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Stores and shows what would change, and sends nothing." };
        var limit = ChangesCommand.CreateLimit();
        var json = new Option<bool>("--json") { Description = "Prints the counts as one line of JSON at the end of standard output." };
        var command = new Command("write-back", "Writes changed results into the CRM's custom fields.")
        {
            account, enable, fields, leads, yes, dryRun, limit, json,
            FieldsCommand.CreateList(account), FieldsCommand.CreateMap(account), ChangesCommand.Create(account),
            ChangesCommand.CreateConflicts(account), PaceCommand.CreateRate(account), PaceCommand.CreateLanguage(account),
        };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            (services, token) => parsed.GetValue(enable)
                ? EnableAsync(
                    services, parsed.GetValue(account), FieldSelection.Parse(parsed.GetValue(fields), parsed.GetValue(leads)), parsed.GetValue(yes), token)
                : RunAsync(services, parsed.GetValue(account), parsed.GetValue(dryRun), parsed.GetValue(limit), parsed.GetValue(json), token),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, long? asked, bool isDryRun, int limit, bool isJson, CancellationToken cancellationToken)
    {
        var request = new RunRequest(
            RunCause.Command, [isDryRun ? RunSteps.Preview : RunSteps.WriteBack], null, RunRequest.CommandPatience);
        return isDryRun
            ? await RunVerb.RunAsync(services, asked, request, isJson, outcome => ChangesCommand.ShowAsync(services, outcome.Account, outcome.Run, limit, cancellationToken), cancellationToken)
            : await RunVerb.RunAsync(services, asked, request, isJson, cancellationToken);
    }

    private static async Task<int> EnableAsync(
        IServiceProvider services, long? asked, FieldSelection selection, bool isAgreed, CancellationToken cancellationToken)
    {
        var enabling = services.GetRequiredService<WriteBackEnabling>();
        foreach (var account in await TargetAccounts.ResolveAsync(services, asked, cancellationToken))
        {
            var preview = await enabling.PreviewAsync(account, selection, cancellationToken);
            Show(account, preview);
            if (!isAgreed && !Ask(account))
            {
                await Console.Out.WriteLineAsync($"Account {account}: nothing was created.");
                return 1;
            }

            var fields = await enabling.EnableAsync(account, selection, cancellationToken);
            var created = preview.Count(choice => choice.Found is null);
            await Console.Out.WriteLineAsync(
                $"Account {account}: write-back is enabled, {created} fields created, {fields.Count - created} found. {Next(fields.Count(choice => !choice.IsRead))}");
        }

        return 0;
    }

    private static string Next(int unread) => unread == 0
        ? "The next run writes."
        : $"The next sync reads what stands in {unread} of them; from then on they are written.";

    private static void Show(AccountId account, IReadOnlyList<FieldChoice> choices)
    {
        var table = new Table().Title($"Custom fields of account {account}").AddColumns("Card", "Field", "Type", "Code", "In the CRM");
        foreach (var choice in choices)
        {
            var state = choice.Found is { } found ? $"found, number {found.Id}" : "will be created";
            table.AddRow(
                Markup.Escape(CardWords.One(choice.Entity)),
                Markup.Escape(choice.Name),
                Markup.Escape(choice.Output.Type.ToString()),
                Markup.Escape(choice.Output.Code),
                Markup.Escape(state));
        }

        AnsiConsole.Write(table);
    }

    /// <exception cref="CommandFailedException">Nobody can be asked.</exception>
    private static bool Ask(AccountId account) => Console.IsInputRedirected
        ? throw new CommandFailedException("Nobody can be asked here: add --yes to create the fields listed above.")
        : AnsiConsole.Confirm($"Create these fields in account {account} and write results into them?", defaultValue: false);
}
