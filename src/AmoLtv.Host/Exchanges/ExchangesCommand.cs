using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using Spectre.Console;

namespace AmoLtv.Host.Exchanges;

/// <summary><c>amoltv exchanges</c>: the newest calls to the CRM.</summary>
public static class ExchangesCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static Command Create()
    {
        var account = new Option<long>("--account") { Description = "Number of the account; 0 for calls made before an account was known.", Required = true };
        var limit = new Option<int>("--limit") { Description = $"Calls to show, 1 to {ExchangeReader.Most}.", DefaultValueFactory = _ => 50 };
        var before = new Option<long?>("--before") { Description = "Shows calls older than the one of this number." };
        var asJson = new Option<bool>("--json") { Description = "Prints one line of JSON instead of a table." };
        var command = new Command("exchanges", "Shows the newest calls to the CRM, without tokens and contents.") { account, limit, before, asJson };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            async (services, cancelled) =>
            {
                var page = await services.GetRequiredService<ExchangeReader>().ReadAsync(
                    new AccountId(parsed.GetValue(account)), parsed.GetValue(before), parsed.GetValue(limit), cancelled);
                Print(page, parsed.GetValue(asJson));
                return 0;
            },
            cancellationToken));
        return command;
    }

    private static void Print(ExchangePage page, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(page, Json));
            return;
        }

        foreach (var held in page.HeldBack)
        {
            Console.Error.WriteLine($"The account is {held.Cause} since {held.Since:u}; it is asked again after {held.ProbeAt:u}. {held.Reason} {held.NextStep}");
        }

        var table = new Table().AddColumns("Number", "Time", "Method", "Path", "Status", "ms", "Attempt", "Request");
        foreach (var exchange in page.Exchanges)
        {
            table.AddRow(
                Text(exchange.Id), exchange.At.ToString("u", CultureInfo.InvariantCulture), exchange.Method, Markup.Escape(exchange.Path),
                exchange.Status is { } status ? Text(status) : Markup.Escape(exchange.Failure ?? ""), Text(exchange.DurationMs), Text(exchange.Attempt),
                Markup.Escape(exchange.RequestId ?? ""));
        }

        AnsiConsole.Write(table);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
