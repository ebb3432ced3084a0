using System.CommandLine;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using Spectre.Console;

namespace AmoLtv.Host.WritingBack;

/// <summary><c>amoltv write-back</c>: writes differences, or with <c>--enable</c> creates the fields they go into.</summary>
public static class WriteBackCommand
{
    public static Command Create()
    {
        var account = TargetAccounts.CreateOption();
        var enable = new Option<bool>("--enable") { Description = "Shows the custom fields, creates those missing after a yes, and lets runs write." };
        var yes = new Option<bool>("--yes") { Description = "With --enable: does not ask." };
        var json = new Option<bool>("--json") { Description = "Prints the counts as one line of JSON at the end of standard output." };
        var command = new Command("write-back", "Writes changed results into the CRM's custom fields.") { account, enable, yes, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            (services, token) => parsed.GetValue(enable)
                ? EnableAsync(services, parsed.GetValue(account), parsed.GetValue(yes), token)
                : RunVerb.RunAsync(
                    services,
                    parsed.GetValue(account),
                    new RunRequest(RunCause.Command, [RunSteps.WriteBack], null, RunRequest.CommandPatience),
                    parsed.GetValue(json),
                    token),
            cancellationToken));
        return command;
    }

    private static async Task<int> EnableAsync(IServiceProvider services, long? asked, bool isAgreed, CancellationToken cancellationToken)
    {
        var enabling = services.GetRequiredService<WriteBackEnabling>();
        foreach (var account in await TargetAccounts.ResolveAsync(services, asked, cancellationToken))
        {
            var preview = await enabling.PreviewAsync(account, cancellationToken);
            Show(account, preview);
            if (!isAgreed && !Ask(account))
            {
                await Console.Out.WriteLineAsync($"Account {account}: nothing was created.");
                return 1;
            }

            var fields = await enabling.EnableAsync(account, cancellationToken);
            var created = preview.Count(choice => choice.Found is null);
            await Console.Out.WriteLineAsync(
                $"Account {account}: write-back is enabled, {created} fields created, {fields.Count - created} found. The next run writes.");
        }

        return 0;
    }

    private static void Show(AccountId account, IReadOnlyList<FieldChoice> choices)
    {
        var table = new Table().Title($"Custom fields of account {account}").AddColumns("Card", "Field", "Type", "Code", "In the CRM");
        foreach (var choice in choices)
        {
            var state = choice.Found is { } found ? $"found, number {found.Id}" : "will be created";
            table.AddRow(
                Markup.Escape(choice.Entity == EntityType.Company ? "company" : "contact"),
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
