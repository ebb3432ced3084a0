using System.CommandLine;
using System.Text.Json;
using AmoLtv.Host.CommandLine;
using Spectre.Console;

namespace AmoLtv.Host.WritingBack;

/// <summary><c>amoltv verify</c>: exit status 0 only where the CRM holds what was computed.</summary>
public static class VerifyCommand
{
    public static Command Create()
    {
        var account = TargetAccounts.CreateOption();
        var json = new Option<bool>("--json") { Description = "Prints the result as one line of JSON at the end of standard output." };
        var command = new Command("verify", "Reads the fields back from the CRM and compares them with what was computed.") { account, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            (services, token) => RunAsync(services, parsed.GetValue(account), parsed.GetValue(json), token), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, long? asked, bool isJson, CancellationToken cancellationToken)
    {
        var results = new List<VerificationResult>();
        foreach (var account in await TargetAccounts.ResolveAsync(services, asked, cancellationToken))
        {
            using var progress = new ConsoleProgress(TimeProvider.System);
            results.Add(await services.GetRequiredService<Verification>().RunAsync(account, progress, cancellationToken));
        }

        foreach (var result in results)
        {
            Show(result);
        }

        if (isJson)
        {
            var lines = results.ConvertAll(Json);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize<object>(lines.Count == 1 ? lines[0] : lines, JsonSerializerOptions.Web));
        }

        return results.All(result => result.Mismatches == 0) ? 0 : 1;
    }

    private static void Show(VerificationResult result)
    {
        var (valued, purchases, revenue, excluded, written, unreadable) = result.Totals;
        var table = new Table().Title($"Account {result.Account}").AddColumns("What", "How much").HideHeaders();
        table.AddRow("Companies in the CRM", Number(result.Companies));
        table.AddRow("Contacts in the CRM", Number(result.Contacts));
        table.AddRow("Clients with an LTV", Number(valued));
        table.AddRow("Purchases", Number(purchases));
        table.AddRow("Revenue", Number(revenue));
        foreach (var (reason, leads) in excluded)
        {
            table.AddRow(Markup.Escape($"Leads that do not count: {reason}"), Number(leads));
        }

        table.AddRow("Leads that could not be read", Number(unreadable));
        table.AddRow("Fields written by the last run", written is { } fields ? Number(fields) : "none yet");
        table.AddRow("Fields that differ", Number(result.Mismatches));
        AnsiConsole.Write(table);
        foreach (var example in result.Examples)
        {
            AnsiConsole.WriteLine(example);
        }
    }

    private static string Number(decimal value) => value.ToString("#,0.##", System.Globalization.CultureInfo.InvariantCulture);

    private static object Json(VerificationResult result) => new
    {
        account = result.Account.Value,
        companies = result.Companies,
        contacts = result.Contacts,
        valued = result.Totals.Valued,
        purchases = result.Totals.Purchases,
        revenue = result.Totals.Revenue,
        excluded = result.Totals.Excluded,
        unreadable = result.Totals.Unreadable,
        fieldsWritten = result.Totals.FieldsWritten ?? 0,
        mismatches = result.Mismatches,
    };
}
