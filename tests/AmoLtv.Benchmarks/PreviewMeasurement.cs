using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Npgsql;

namespace AmoLtv.Benchmarks;

/// <summary>How long a draft of settings takes to be tried, over HTTP of the service as a process of its own: each time another draft.</summary>
internal static class PreviewMeasurement
{
    private const int Times = 15;

    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    public static async Task RunAsync(string? file)
    {
        var text = new StringBuilder("# Previews of settings, measured\n\n");
        void Line(string line)
        {
            Console.WriteLine(line);
            text.Append(line).Append('\n');
        }

        await using var server = MeasuredServer.Start();
        Line(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, .NET {Environment.Version}; service and PostgreSQL with its default settings on one machine. The first draft finds a service that has just started; each later one differs from the one before it, as when a slider is moved; what was read of the leads is forgotten after half a minute, and then read anew."));
        Line("");
        Line("| leads in the account | tried on | first, ms | median, ms | slowest, ms | leads read anew, ms |");
        Line("| --- | --- | --- | --- | --- | --- |");
        foreach (var leads in Sizes)
        {
            await AnalysedAccount.CreateAsync(server.ConnectionString, leads);
            await using var connection = new NpgsqlConnection(server.ConnectionString);
            await connection.ExecuteAsync(
                "insert into grants (account_id, client_id, access_token, expires_at, granted_by, is_admin) values (@Account, @Client, '', 'infinity', 1, true)",
                new { Account = (long)leads, Client = MeasuredPages.ClientId });
            await using var service = await MeasuredPages.StartAsync(server.ConnectionString, leads);
            var settings = JsonNode.Parse(await service.GetTextAsync("/api/settings"))!["saved"]!["settings"]!;
            var (first, answer) = await TryAsync(service, settings, 1);
            var took = new List<double>();
            for (var draft = 2; draft < 2 + Times; draft++)
            {
                took.Add((await TryAsync(service, settings, draft)).Milliseconds);
            }

            took.Sort();
            await using var later = await MeasuredPages.StartAsync(server.ConnectionString, leads);
            await TryAsync(later, settings, 1);
            await Task.Delay(TimeSpan.FromSeconds(31));
            var anew = (await TryAsync(later, settings, 2)).Milliseconds;
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {leads:N0} | {(long)answer["leads"]!:N0} | {first:0} | {took[took.Count / 2]:0} | {took[^1]:0} | {anew:0} |"));
        }

        if (file is not null)
        {
            await File.WriteAllTextAsync(file, text.ToString());
        }
    }

    private static async Task<(double Milliseconds, JsonNode Answer)> TryAsync(MeasuredPages service, JsonNode settings, int draft)
    {
        var changed = settings.DeepClone();
        changed["discountPercent"] = draft;
        changed["horizonMonths"] = 12 + draft;
        var (milliseconds, answer) = await service.PostAsync("/api/settings/preview", new JsonObject { ["settings"] = changed });
        return (milliseconds, JsonNode.Parse(answer)!);
    }
}
