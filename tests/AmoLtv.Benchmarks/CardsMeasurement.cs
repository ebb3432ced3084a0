using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Dapper;
using Npgsql;

namespace AmoLtv.Benchmarks;

/// <summary>
/// Cards at a steady rate against the service as a process of its own, alone and while another process runs another account's night
/// again and again; beside it a bare SELECT of the card's row at the same rate. Service, PostgreSQL, sandbox and sender share one machine.
/// </summary>
internal static class CardsMeasurement
{
    private const int PerSecond = 500;
    private const int Companies = 40;

    /// <summary>A card is composed once after each night of its account: nobody asks for hundreds of such a second, and two processors could not.</summary>
    private const int ComposedPerSecond = 100;

    /// <summary>In milliseconds: 99 of 100 cards have to be answered within it.</summary>
    private const double LongestMs = 50;

    public static async Task RunAsync(string? file)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var integration = SandboxOptions.DefaultIntegration with { RedirectUri = new Uri(address, "oauth/callback").ToString() };
        await using var town = await SandboxTown.StartAsync(
        [
            new SandboxOptions { AccountId = 1, Companies = 200, Leads = 1500, Integrations = [integration], Rate = 1000 },
            new SandboxOptions { AccountId = 2, Companies = 2000, Leads = 20_000, Integrations = [integration], Rate = 1000 },
        ]);
        await using var postgres = MeasuredServer.Start();
        var keys = Directory.CreateTempSubdirectory("amoltv-bench-keys-").FullName;
        try
        {
            var environment = Environment(town, postgres.ConnectionString, integration, keys);
            await using var service = ServiceProcess.Start(environment, "serve", "--urls", address.GetLeftPart(UriPartial.Authority));
            await service.AwaitReadyAsync(address);
            await using var database = Pool(postgres.ConnectionString);
            await InstallAsync(town, integration, database);
            var stolen = new StolenTime();
            Report(file, await MeasureAsync(town.Accounts[0], address, environment, database), stolen.Share);
        }
        finally
        {
            Directory.Delete(keys, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Measured>> MeasureAsync(SandboxAccount account, Uri address, Dictionary<string, string> environment, NpgsqlDataSource database)
    {
        var companies = (await QueryAsync<long>(database, $"select customer_id from customer_values where account_id = 1 and scope = 1 and purchases > 1 order by customer_id limit {Companies}")).AsList();
        using var cards = await CardFlood.CreateAsync(address, account, companies);
        var bare = new SteadyFlood(number => SelectAsync(database, companies[(int)(number % companies.Count)]));
        var measured = new List<Measured> { await ColdAsync(cards, companies.Count) };
        await cards.Requests.SendAsync(0, 100, TimeSpan.FromSeconds(10));
        await bare.SendAsync(0, 100, TimeSpan.FromSeconds(2));
        measured.Add(await Measured.OfAsync("card", cards.Requests, PerSecond, TimeSpan.FromSeconds(20)));
        measured.Add(await Measured.OfAsync("bare SELECT", bare, PerSecond, TimeSpan.FromSeconds(20)));
        using var ending = new CancellationTokenSource();
        var nights = RunNightsAsync(environment, ending.Token);
        measured.Add(await Measured.OfAsync("card, a night running", cards.Requests, PerSecond, TimeSpan.FromSeconds(60)));
        measured.Add(await Measured.OfAsync("bare SELECT, a night running", bare, PerSecond, TimeSpan.FromSeconds(20)));
        measured.Add(await Measured.OfAsync("card composed anew, a night running", new SteadyFlood(number => ComposedAsync(database, cards, number, companies.Count)), ComposedPerSecond, TimeSpan.FromSeconds(20)));
        await ending.CancelAsync();
        await nights;
        return measured;
    }

    /// <summary>Each company's card for the first time: the CRM is asked whether the user may see it, at the permitted rate.</summary>
    private static async Task<Measured> ColdAsync(CardFlood cards, int companies)
    {
        var times = new List<double>();
        var others = 0;
        for (var number = 0; number < companies; number++)
        {
            var began = Stopwatch.GetTimestamp();
            others += await cards.SendAsync(number) == 200 ? 0 : 1;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        return new Measured("card opened for the first time, one after the other", 0, times.Count, others, times[times.Count / 2], times[(int)(times.Count * 0.99)], times[^1]);
    }

    /// <summary>The account's numbers are new before each round of its companies, as after its night: no card of theirs is remembered.</summary>
    private static async Task<int> ComposedAsync(NpgsqlDataSource database, CardFlood cards, long number, int companies)
    {
        if (number % companies == 0)
        {
            await QueryAsync<int>(database, "update account_values set calculated_at = calculated_at + interval '1 ms' where account_id = 1");
        }

        return await cards.SendAsync(number);
    }

    private static async Task<int> SelectAsync(NpgsqlDataSource database, long company)
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.QuerySingleAsync("select * from customer_values where account_id = 1 and scope = 1 and customer_id = @company", new { company });
        return 200;
    }

    private static async Task RunNightsAsync(Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await ServiceProcess.RunAsync(environment, "sync", "--whole", "--account", "2");
            await ServiceProcess.RunAsync(environment, "recalculate", "--account", "2");
        }
    }

    private static async Task InstallAsync(SandboxTown town, SandboxIntegration integration, NpgsqlDataSource database)
    {
        foreach (var account in town.Accounts)
        {
            using var crm = new HttpClient { BaseAddress = account.Address };
            (await crm.PostAsJsonAsync("sandbox/install", new { clientId = integration.ClientId })).EnsureSuccessStatusCode();
        }

        while ((await QueryAsync<long>(database, "select account_id from runs where status = 'finished'")).Count() < town.Accounts.Count)
        {
            await Task.Delay(500);
        }
    }

    /// <summary>Connections as the service's own for cards are.</summary>
    private static NpgsqlDataSource Pool(string connectionString) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 10, MaxAutoPrepare = 40, AutoPrepareMinUsages = 2 }.ConnectionString);

    private static async Task<IEnumerable<T>> QueryAsync<T>(NpgsqlDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.QueryAsync<T>(sql);
    }

    private static Dictionary<string, string> Environment(SandboxTown town, string connectionString, SandboxIntegration integration, string keys) => new(StringComparer.Ordinal)
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["Database__ConnectionString"] = connectionString,
        ["Integrations__0__ClientId"] = integration.ClientId,
        ["Integrations__0__ClientSecret"] = integration.Secret,
        ["Integrations__0__RedirectUri"] = integration.RedirectUri,
        ["Crm__ExtraHosts__0"] = town.Accounts[0].Address.Authority,
        ["Crm__ExtraHosts__1"] = town.Accounts[1].Address.Authority,
        ["Keys__Folder"] = keys,
        ["Webhooks__FollowChanges"] = "false",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    private static void Report(string? file, IReadOnlyList<Measured> measured, double stolen)
    {
        var text = new StringBuilder("# Cards, measured\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{System.Environment.ProcessorCount} processors, .NET {System.Environment.Version}; service, PostgreSQL with its default settings, sandbox and sender on one machine. Milliseconds from when a request was due to its answer. The night is another account's of 20,000 leads, synced and valued again and again by a second process. The bare SELECT is one row of `customer_values` by its key, through a pool like that of the cards. Of the processors' time, {stolen * 100:0} % went to other machines of the same host.\n\n");
        text.Append("| what | a second | answers | other than 200 | median | 99 % | longest |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var one in measured)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {one.What} | {(one.PerSecond == 0 ? "" : one.PerSecond)} | {one.Answers:N0} | {one.Others} | {one.Median:0.0} | {one.P99:0.0} | {one.Longest:0.0} |\n");
        }

        var (card, bare, composed) = (measured[^3], measured[^2], measured[^1]);
        text.Append(CultureInfo.InvariantCulture, $"\nWith a night running a card takes {card.Median / bare.Median:0.0} times the bare SELECT (median), {card.P99 / bare.P99:0.0} times at 99 %: it was composed before and is remembered as long as nothing it shows changes. Composed anew, as each is once after the account's numbers changed, it takes {composed.Median / bare.Median:0.0} times, at {ComposedPerSecond} a second.\n");
        Console.Write(text);
        var ratios = new Ratios();
        ratios.Add(
            "cardToBareSelect", card.Median / bare.Median, 4,
            ("cardMedianMs", card.Median), ("cardP99Ms", card.P99), ("selectMedianMs", bare.Median), ("selectP99Ms", bare.P99), ("cardsPerSecond", card.PerSecond), ("errors", card.Others), ("stolenShare", stolen));
        ratios.Add("cardP99ToFiftyMs", card.P99 / LongestMs, 1, ("cardP99Ms", card.P99));
        ratios.Print();
        if (file is not null)
        {
            File.WriteAllText(file, text.ToString());
        }
    }
}
