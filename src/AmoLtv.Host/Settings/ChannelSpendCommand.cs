using System.CommandLine;
using System.Globalization;

namespace AmoLtv.Host.Settings;

/// <summary><c>amoltv settings spend</c>: what the channels cost, for the CAC.</summary>
internal static class ChannelSpendCommand
{
    public static Command Create(Option<long?> account) => new("spend", "Shows and imports what the channels cost by month.")
    {
        CreateList(account),
        CreateImport(account),
    };

    private static Command CreateList(Option<long?> account)
    {
        var command = new Command("list", "Shows what is entered, as CSV that can be imported again.");
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                await Console.Out.WriteLineAsync("channel,month,amount");
                foreach (var row in await services.GetRequiredService<ChannelSpendStore>().ListAsync(id, token))
                {
                    await Console.Out.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"{Quoted(row.Channel)},{row.Month:yyyy-MM},{row.Amount:0.00}"));
                }
            },
            cancellationToken));
        return command;
    }

    private static Command CreateImport(Option<long?> account)
    {
        var file = new Argument<string>("file") { Description = "CSV with the columns channel, month (2026-03), amount." };
        var replace = new Option<bool>("--replace") { Description = "Removes what the file does not name." };
        var command = new Command("import", "Enters the spend of a CSV file, all of it or nothing.") { file, replace };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var spend = ChannelSpendFile.Read(parsed.GetRequiredValue(file));
                await services.GetRequiredService<ChannelSpendStore>().SaveAsync(id, spend, parsed.GetValue(replace), token);
                await Console.Out.WriteLineAsync($"Entered {spend.Count} rows; they take effect with the next recalculation.");
            },
            cancellationToken));
        return command;
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",;\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
