using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace AmoLtv.Sandbox;

/// <summary>The sandbox's command line.</summary>
public static class SandboxCommand
{
    private static readonly Option<string> Urls = new("--urls") { Description = "Addresses on loopback, separated by semicolons; port 0 takes a free one.", DefaultValueFactory = _ => "http://127.0.0.1:0" };
    private static readonly Option<string?> Data = new("--data") { Description = "Folder of the journal: every change is kept there and played back on the next start." };
    private static readonly Option<string?> ReadyFile = new("--ready-file") { Description = "A JSON file written once it listens: http, https, pid, accountId, brand." };
    private static readonly Option<int> Seed = new("--seed") { Description = "Generated data follows from the seed and the sizes.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Companies = new("--companies") { Description = "Companies to generate.", DefaultValueFactory = _ => 200 };
    private static readonly Option<int> Leads = new("--leads") { Description = "Leads to generate.", DefaultValueFactory = _ => 1500 };
    private static readonly Option<int> Months = new("--months") { Description = "Months of history.", DefaultValueFactory = _ => 36 };
    private static readonly Option<DateOnly?> Until = new("--until") { Description = "The history ends before this day (yyyy-mm-dd); default: the first of the current month." };
    private static readonly Option<bool> NoProducts = new("--no-products") { Description = "The generated account has no list of products." };
    private static readonly Option<string?> Transactions = new("--transactions") { Description = "A CSV customer_id,date,amount served as won leads of companies, in place of generated data." };
    private static readonly Option<string?> BrandName = new("--brand") { Description = "amocrm (default) or kommo." };
    private static readonly Option<double> Rate = new("--rate") { Description = "Requests a second per integration before 429.", DefaultValueFactory = _ => 7 };
    private static readonly Option<double> TimeScale = new("--time-scale") { Description = "Sandbox seconds in a real second.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Filters = new("--filters") { Description = "on, off or refused: the paid filter add-on, and whether filters are ignored or answered with 400 without it; default off on amocrm, on on kommo." };
    private static readonly Option<long> AccountId = new("--account-id") { Description = "The account's id.", DefaultValueFactory = _ => 31_415_926 };
    private static readonly Option<string[]> Integrations = new("--integration") { Description = "CLIENT_ID,SECRET,REDIRECT_URI and, optionally, the address that hears of an uninstallation; may be repeated." };
    private static readonly Option<bool> LenientRefresh = new("--lenient-refresh") { Description = "A superseded refresh token works until its successor is used." };
    private static readonly Option<string?> Faults = new("--faults") { Description = "Failures from the start: a JSON file, or rules such as '500,p=0.02;lost,p=0.01,path=/oauth2/access_token'." };
    private static readonly Option<int> FaultSeed = new("--fault-seed") { Description = "Which requests a fault with a probability strikes follows from this.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> NoWebhooks = new("--no-webhooks") { Description = "The account's plan has no webhooks." };
    private static readonly Option<bool> PartialBatches = new("--partial-batches") { Description = "A PATCH with bad elements saves the good ones." };
    private static readonly Option<bool> HideTrashedLinks = new("--hide-trashed-links") { Description = "Links to rows in the trash are not shown." };
    private static readonly Option<string?> Widget = new("--widget") { Description = "The packed widget archive for the card page." };
    private static readonly Option<string?> Modules = new("--modules") { Description = "A node_modules folder with requirejs, jquery 2.1.3, underscore 1.9.1." };
    private static readonly Option<string?> Backend = new("--backend") { Description = "Given to the widget as its saved setting 'backend'." };

    static SandboxCommand()
    {
        BrandName.AcceptOnlyFromAmong("amocrm", "kommo");
        Filters.AcceptOnlyFromAmong("on", "off", "refused");
    }

    public static RootCommand Create()
    {
        var command = new RootCommand("An amoCRM to run AmoLtv against: OAuth, the API, a data generator, and a card page for the widget.")
        {
            Urls, Data, ReadyFile, Seed, Companies, Leads, Months, Until, NoProducts, Transactions, BrandName, Rate, TimeScale, Filters, AccountId, Integrations, LenientRefresh, Faults, FaultSeed,
            NoWebhooks, PartialBatches, HideTrashedLinks, Widget, Modules, Backend,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await SandboxServer.StartAsync(Options(parsed), cancellationToken);
            WriteReadyFile(parsed.GetValue(ReadyFile), server);
            await Console.Out.WriteLineAsync($"Sandbox ready at {server.Address.GetLeftPart(UriPartial.Authority)}");
            await server.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (SandboxException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static SandboxOptions Options(ParseResult parsed)
    {
        var integrations = (parsed.GetValue(Integrations) ?? []).Select(Integration).ToList();
        return new SandboxOptions
        {
            Urls = parsed.GetValue(Urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            DataFolder = parsed.GetValue(Data),
            Seed = parsed.GetValue(Seed),
            Companies = parsed.GetValue(Companies),
            Leads = parsed.GetValue(Leads),
            Months = parsed.GetValue(Months),
            Until = parsed.GetValue(Until),
            Products = !parsed.GetValue(NoProducts),
            TransactionsFile = parsed.GetValue(Transactions),
            Brand = parsed.GetValue(BrandName) switch { "amocrm" => Brand.Amocrm, "kommo" => Brand.Kommo, _ => null },
            Rate = parsed.GetValue(Rate),
            TimeScale = parsed.GetValue(TimeScale),
            Filters = parsed.GetValue(Filters) switch { "on" => true, "off" or "refused" => false, _ => null },
            RefusesFilters = parsed.GetValue(Filters) == "refused",
            Faults = parsed.GetValue(Faults),
            FaultSeed = parsed.GetValue(FaultSeed),
            Webhooks = !parsed.GetValue(NoWebhooks),
            PartialBatches = parsed.GetValue(PartialBatches),
            HidesTrashedLinks = parsed.GetValue(HideTrashedLinks),
            AccountId = parsed.GetValue(AccountId),
            Integrations = integrations.Count > 0 ? integrations : [SandboxOptions.DefaultIntegration],
            LenientRefresh = parsed.GetValue(LenientRefresh),
            WidgetArchive = parsed.GetValue(Widget),
            ModulesFolder = parsed.GetValue(Modules),
            Backend = parsed.GetValue(Backend),
            Say = Console.Error.WriteLine,
        };
    }

    private static SandboxIntegration Integration(string text) => text.Split(',') is [var clientId, var secret, var redirectUri, .. var rest] && rest.Length <= 1
        ? new SandboxIntegration(clientId, secret, redirectUri, rest is [var uninstallUri] ? uninstallUri : null)
        : throw new SandboxException($"'{text}' is no integration: write CLIENT_ID,SECRET,REDIRECT_URI, and a fourth part for the address that hears of an uninstallation.");

    /// <summary>Written aside and moved, so that nobody reads half of it.</summary>
    private static void WriteReadyFile(string? path, SandboxServer server)
    {
        if (path is null)
        {
            return;
        }

        string? Of(string scheme) => server.Addresses.FirstOrDefault(address => address.Scheme == scheme)?.GetLeftPart(UriPartial.Authority);
        var ready = JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["http"] = Of("http"), ["https"] = Of("https"), ["pid"] = Environment.ProcessId, ["accountId"] = server.AccountId,
            ["brand"] = server.State.Account.Brand == Brand.Kommo ? "kommo" : "amocrm",
        });
        File.WriteAllText(path + ".new", ready + Environment.NewLine);
        File.Move(path + ".new", path, overwrite: true);
    }
}
