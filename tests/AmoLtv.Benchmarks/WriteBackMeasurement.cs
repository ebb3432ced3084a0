using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AmoLtv.AmoCrm;
using AmoLtv.Host.Running;
using AmoLtv.Host.WritingBack;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AmoLtv.Benchmarks;

/// <summary>
/// Requests and time of a write-back in which every card changes, beside what the batches require at the permitted rate; of one in
/// which none does; and of taking the first one back, after which every field is compared with what it held before.
/// </summary>
internal static class WriteBackMeasurement
{
    private const int TimedCompanies = 5_000;
    private const int CountedCompanies = 100_000;
    private const double PermittedRate = 7;

    /// <summary>What the service permits itself of it.</summary>
    private const double OwnRate = 6;

    /// <summary>So much faster is the CRM whose requests are counted, not timed.</summary>
    private const double HurriedScale = 10;

    /// <param name="which"><c>timed</c>, <c>counted</c>, or <c>whole</c>: the large account at the permitted rate, half an hour; anything else: the first two.</param>
    /// <param name="file">Where the table goes; null: to the screen alone.</param>
    public static async Task RunAsync(string? which, string? file)
    {
        var text = new StringBuilder("# Write-back, measured\n\n");
        void Line(string line)
        {
            Console.WriteLine(line);
            text.Append(line).Append('\n');
        }

        Line(string.Create(CultureInfo.InvariantCulture, $"Every valued card changes, {AmoCrmClient.BatchSize} cards a batch at most; then nothing changes; then the first run is taken back."));
        Line(string.Create(CultureInfo.InvariantCulture, $"At {OwnRate} requests a second of the permitted {PermittedRate}; where requests are only counted (no window is given), with time {HurriedScale} times as fast and the CRM's limit lifted: the seconds are those of the CRM's clock, which runs on while the service plans and stores."));
        Line("");
        Line("| companies | cards written | fields | batches they need | requests of the write-back | seconds, planning among them | seconds from the first batch to the last answer | seconds the batches need at that rate | most requests in a window / permitted | requests, nothing changed | requests of the undo | cards that differ after it |");
        Line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        var ratios = new Ratios();
        (int Companies, bool IsTimed) timed = (TimedCompanies, true), counted = (CountedCompanies, false), whole = (CountedCompanies, true);
        foreach (var (companies, isTimed) in which switch { "timed" => [timed], "counted" => [counted], "whole" => [whole], _ => new[] { timed, counted } })
        {
            Line(await MeasureAsync(companies, isTimed, ratios));
        }

        if (file is not null)
        {
            await File.WriteAllTextAsync(file, text.ToString());
        }

        ratios.Print();
    }

    private static async Task<string> MeasureAsync(int companies, bool isTimed, Ratios ratios)
    {
        await using var service = await MeasuredService.StartAsync(new SandboxOptions
        {
            Companies = companies, Leads = 2 * companies, Rate = isTimed ? PermittedRate : 1000, TimeScale = isTimed ? 1 : HurriedScale,
        });
        await service.Services.GetRequiredService<WriteBackEnabling>().EnableAsync(service.Account, CancellationToken.None);
        await service.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        var before = await CardsAsync(service);

        await service.TakeStatisticsAsync();
        var began = Stopwatch.GetTimestamp();
        var written = await service.RunAsync(RunSteps.WriteBack);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var statistics = await service.TakeStatisticsAsync();
        var batches = await BatchesAsync(service, written);
        var sending = await SendingAsync(service);
        await service.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        await service.TakeStatisticsAsync();
        await service.RunAsync(RunSteps.WriteBack);
        var idle = await service.TakeRequestsAsync();

        await service.RunAsync(new RunRequest(RunCause.Command, [RunSteps.Undo], null, TimeSpan.Zero) { Undoes = written.Run });
        var undo = await service.TakeRequestsAsync();
        var differing = Differing(before, await CardsAsync(service));
        var rate = statistics.GetProperty("rate");
        ratios.Add(
            isTimed ? "writeBackToPermittedTime" : "writeBackRequestsToBatches", isTimed ? sending / (batches / OwnRate) : statistics.GetProperty("requests").GetInt32() / (double)batches, 1.05,
            ("sendingSeconds", sending), ("neededSeconds", batches / OwnRate), ("batches", batches), ("requests", statistics.GetProperty("requests").GetInt32()), ("companies", companies));
        var (cards, fields) = (written.Steps[^1].Value["cards"], written.Steps[^1].Value["fieldsWritten"]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {companies:N0} | {cards:N0} | {fields:N0} | {batches} | {statistics.GetProperty("requests").GetInt32()} | {seconds * (isTimed ? 1 : HurriedScale):0.0} | {sending:0.0} | {batches / OwnRate:0.0} | {(isTimed ? $"{rate.GetProperty("highest")} / {rate.GetProperty("permitted")}" : "–")} | {idle} | {undo} | {differing} |");
    }

    /// <summary>Batches that hold the written cards, companies and contacts apart.</summary>
    private static async Task<long> BatchesAsync(MeasuredService service, RunOutcome written)
    {
        await using var connection = new NpgsqlConnection(service.ConnectionString);
        return await connection.ExecuteScalarAsync<long>(
            """
            select sum(ceil(cards / @Size::numeric))::bigint
            from (
                select count(distinct entity_id) as cards from field_writes where run_id = @Run and status = 'confirmed' group by entity_type) kinds
            """,
            new { Size = AmoCrmClient.BatchSize, Run = written.Run.Value });
    }

    /// <summary>Seconds, by the service's clock, from the first batch's departure to the last one's answer; each is in the exchange log.</summary>
    private static async Task<double> SendingAsync(MeasuredService service)
    {
        await using var connection = new NpgsqlConnection(service.ConnectionString);
        return await connection.ExecuteScalarAsync<double>(
            "select extract(epoch from max(at + make_interval(secs => duration_ms / 1000.0)) - min(at))::float8 from crm_exchanges where method = 'PATCH'");
    }

    /// <summary>A mark of what each card's fields hold.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> CardsAsync(MeasuredService service)
    {
        var marks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entity in new[] { "companies", "contacts" })
        {
            await using var body = await service.Http.GetStreamAsync($"sandbox/fields?entity={entity}");
            using var cards = await JsonDocument.ParseAsync(body);
            foreach (var card in cards.RootElement.EnumerateObject())
            {
                marks[entity + card.Name] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(card.Value.GetRawText())));
            }
        }

        return marks;
    }

    private static int Differing(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Count(card => after.GetValueOrDefault(card.Key) != card.Value) + after.Keys.Count(card => !before.ContainsKey(card));
}
