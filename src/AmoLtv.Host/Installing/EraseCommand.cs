using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using Npgsql;
using Spectre.Console;

namespace AmoLtv.Host.Installing;

/// <summary><c>amoltv erase</c>: deletes everything that is stored of an account, and leaves a receipt.</summary>
public static class EraseCommand
{
    public static Command Create()
    {
        var account = new Option<long>("--account") { Description = "Number of the account, connected or not.", Required = true };
        var yes = new Option<bool>("--yes") { Description = "Does not ask." };
        var json = new Option<bool>("--json") { Description = "Prints the receipt as one line of JSON." };
        var command = new Command("erase", "Deletes everything that is stored of an account; a receipt stays.") { account, yes, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            (services, cancelled) => EraseAsync(services, new AccountId(parsed.GetValue(account)), parsed.GetValue(yes), parsed.GetValue(json), cancelled),
            cancellationToken));
        return command;
    }

    private static async Task<int> EraseAsync(IServiceProvider services, AccountId account, bool isAgreed, bool asJson, CancellationToken cancellationToken)
    {
        var counts = await CountAsync(services, account, cancellationToken);
        if (counts.Count == 0)
        {
            throw new CommandFailedException($"Nothing is stored of account {account}. Accounts there are: amoltv accounts");
        }

        if (!isAgreed && !Ask(account, counts))
        {
            await Console.Out.WriteLineAsync($"Account {account}: nothing was erased.");
            return 1;
        }

        var receipt = await services.GetRequiredService<AccountEraser>().EraseAsync(account, ErasureCause.Command, cancellationToken)
            ?? throw new CommandFailedException($"Account {account} was connected anew meanwhile, and is not erased. Run it again if it is to be.");
        await Console.Out.WriteLineAsync(asJson ? Json(receipt) : Words(receipt));
        return 0;
    }

    private static async Task<IReadOnlyDictionary<string, long>> CountAsync(IServiceProvider services, AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        var counts = await AccountTables.CountAsync(connection, account, cancellationToken);
        return counts.Where(table => table.Key != AccountTables.Receipts).ToDictionary(StringComparer.Ordinal);
    }

    /// <exception cref="CommandFailedException">Nobody can be asked.</exception>
    private static bool Ask(AccountId account, IReadOnlyDictionary<string, long> counts) => Console.IsInputRedirected
        ? throw new CommandFailedException($"Nobody can be asked here: add --yes to erase {Rows(counts)} of account {account}.")
        : AnsiConsole.Confirm($"Erase {Rows(counts)} of account {account}? It cannot be taken back.", defaultValue: false);

    private static string Rows(IReadOnlyDictionary<string, long> counts) => $"{counts.Values.Sum()} rows of {counts.Count} tables";

    private static string Words(ErasureReceipt receipt)
    {
        var finished = receipt.FinishedAt?.ToString("u", CultureInfo.InvariantCulture);
        return $"""
            Account {receipt.Account} is erased: {Rows(receipt.Tables)}. The receipt of {finished} stays in {AccountTables.Receipts}.
            Backups made earlier still hold the account: delete them, or let them go with their time. What was written into the CRM's fields is the CRM's.
            """;
    }

    private static string Json(ErasureReceipt receipt) => JsonSerializer.Serialize(
        new { account = receipt.Account.Value, receipt.BeganAt, receipt.FinishedAt, receipt.IsComplete, receipt.Tables }, JsonSerializerOptions.Web);
}
