using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AmoLtv.Host.CommandLine;
using Spectre.Console;

namespace AmoLtv.Host.Installing;

/// <summary><c>amoltv accounts</c>: the connected accounts, how their connections do, when each was last read and valued.</summary>
public static class AccountsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static Command Create()
    {
        var asJson = new Option<bool>("--json") { Description = "Prints one line of JSON instead of a table." };
        var command = new Command("accounts", "Lists the connected accounts and the state of each connection.")
        {
            asJson, AccountsCheckCommand.Create(), AccountsConnectCommand.Create(),
        };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            async (services, cancelled) =>
            {
                await PrintAsync(services, parsed.GetValue(asJson), cancelled);
                return 0;
            },
            cancellationToken));
        return command;
    }

    /// <summary>Prints every account as the command line shows it.</summary>
    internal static async Task PrintAsync(IServiceProvider services, bool asJson, CancellationToken cancellationToken)
    {
        var report = services.GetRequiredService<ConnectionReport>();
        var accounts = new List<(ConnectedAccount Account, ConnectionAnswer? Connection)>();
        foreach (var account in await services.GetRequiredService<AccountStore>().ListAsync(cancellationToken))
        {
            accounts.Add((account, await report.ReadAsync(account.Id, cancellationToken)));
        }

        if (asJson)
        {
            PrintJson(accounts);
        }
        else
        {
            PrintTable(accounts);
        }
    }

    private static void PrintJson(List<(ConnectedAccount Account, ConnectionAnswer? Connection)> accounts) =>
        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                accounts = accounts.Select(row => new
                {
                    id = row.Account.Id.Value,
                    host = row.Account.BaseAddress.Authority,
                    row.Account.Brand,
                    row.Account.Name,
                    row.Account.SyncedAt,
                    row.Account.ValuedAt,
                    row.Account.Grants,
                    row.Connection,
                }),
            },
            Json));

    private static void PrintTable(List<(ConnectedAccount Account, ConnectionAnswer? Connection)> accounts)
    {
        if (accounts.Count == 0)
        {
            Console.Error.WriteLine("No account is connected yet: install the integration in the CRM, or open /oauth/install at this service.");
            return;
        }

        var table = new Table().AddColumns("Account", "Host", "Brand", "Name", "Connection", "Last sync", "Last valuation");
        foreach (var (account, connection) in accounts)
        {
            table.AddRow(
                account.Id.ToString(), account.BaseAddress.Authority, account.Brand, Markup.Escape(account.Name),
                Markup.Escape(connection is null ? "" : Words(connection)), Text(account.SyncedAt), Text(account.ValuedAt));
        }

        AnsiConsole.Write(table);
    }

    private static string Words(ConnectionAnswer connection) =>
        string.Join(Environment.NewLine, connection.Notices.Prepend(connection.State).Select(Words));

    private static string Words(ConnectionAnswer.Part part)
    {
        var since = part.Since is { } moment ? $" (since {moment.ToString("u", CultureInfo.InvariantCulture)})" : "";
        var detail = part.Detail is null ? "" : $" The CRM or the failure says: {part.Detail.TrimEnd('.')}.";
        return $"{part.Code}{since}: {part.En.Text}{detail} {part.En.NextStep}".TrimEnd();
    }

    private static string Text(DateTimeOffset? moment) => moment?.ToString("u", CultureInfo.InvariantCulture) ?? "never";
}
