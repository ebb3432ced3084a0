using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AmoLtv.Host.CommandLine;
using Spectre.Console;

namespace AmoLtv.Host.Installing;

/// <summary><c>amoltv accounts</c>: the connected accounts, their grants, when each was last read and valued.</summary>
public static class AccountsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static Command Create()
    {
        var asJson = new Option<bool>("--json") { Description = "Prints one line of JSON instead of a table." };
        var command = new Command("accounts", "Lists the connected accounts.") { asJson };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            async (services, cancelled) =>
            {
                var accounts = await services.GetRequiredService<AccountStore>().ListAsync(cancelled);
                Print(accounts, parsed.GetValue(asJson));
                return 0;
            },
            cancellationToken));
        return command;
    }

    private static void Print(IReadOnlyList<ConnectedAccount> accounts, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    accounts = accounts.Select(account => new
                    {
                        id = account.Id.Value,
                        host = account.BaseAddress.Authority,
                        account.Brand,
                        account.Name,
                        account.SyncedAt,
                        account.ValuedAt,
                        account.Grants,
                    }),
                },
                Json));
            return;
        }

        if (accounts.Count == 0)
        {
            Console.Error.WriteLine("No account is connected yet: install the integration in the CRM, or open /oauth/install at this service.");
            return;
        }

        var table = new Table().AddColumns("Account", "Host", "Brand", "Name", "Connection", "Last sync", "Last valuation");
        foreach (var account in accounts)
        {
            table.AddRow(
                account.Id.ToString(), account.BaseAddress.Authority, account.Brand, Markup.Escape(account.Name),
                Markup.Escape(string.Join(Environment.NewLine, account.Grants.Select(Words))), Text(account.SyncedAt), Text(account.ValuedAt));
        }

        AnsiConsole.Write(table);
    }

    private static string Words(ConnectedGrant grant) =>
        $"{grant.Status}{(grant.IsAdmin ? "" : ", not by an administrator")}{(grant.Reason is null ? "" : $" ({grant.Reason})")}";

    private static string Text(DateTimeOffset? moment) => moment?.ToString("u", CultureInfo.InvariantCulture) ?? "never";
}
