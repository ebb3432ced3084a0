using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using AmoLtv.Host.Running;
using AmoLtv.Host.WritingBack;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AmoLtv.Benchmarks;

/// <summary>
/// Requests of a night after which little changed, over 100,000 leads of which 1,000 did, after a night that wrote into every company;
/// with the CRM's filters and without. Afterwards what is stored is compared with what the CRM holds.
/// </summary>
internal static class ChangesMeasurement
{
    private const int Leads = 100_000;
    private const int Companies = 20_000;
    private const int Changed = 1_000;

    /// <param name="filters"><c>on</c> or <c>off</c>; anything else: both, one after the other.</param>
    /// <param name="file">Where the table goes; null: to the screen alone.</param>
    public static async Task RunAsync(string? filters, string? file)
    {
        var text = new StringBuilder("# A night that follows changes, measured\n\n");
        void Line(string line)
        {
            Console.WriteLine(line);
            text.Append(line).Append('\n');
        }

        Line(string.Create(CultureInfo.InvariantCulture, $"{Leads:N0} leads of {Companies:N0} companies; the night before wrote into every company that is valued. Then {Changed:N0} leads changed: won, lost, priced anew, moved to another company, deleted, new."));
        Line("");
        Line("| filters | companies written the night before | requests of the first sync | requests for reading, 1,000 changed | allowed | seconds of the sync at that rate | leads that differ from the CRM afterwards | requests for reading, nothing changed |");
        Line("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var isFiltered in filters switch { "on" => new[] { true }, "off" => [false], _ => [true, false] })
        {
            Line(await MeasureAsync(isFiltered));
        }

        if (file is not null)
        {
            await File.WriteAllTextAsync(file, text.ToString());
        }
    }

    private static async Task<string> MeasureAsync(bool isFiltered)
    {
        // Ten times the permitted rate: requests are counted here, not timed.
        await using var service = await MeasuredService.StartAsync(new SandboxOptions
        {
            Companies = Companies, Leads = Leads, Filters = isFiltered, Rate = 1000, TimeScale = 10,
        });
        await service.Services.GetRequiredService<WriteBackEnabling>().EnableAsync(service.Account, CancellationToken.None);

        await service.RunAsync(RunSteps.Sync);
        var first = await service.TakeRequestsAsync();
        await service.RunAsync(RunSteps.Recalculate, RunSteps.WriteBack);
        var written = (await service.TakeStatisticsAsync()).GetProperty("patched").GetInt32();
        await ChangeAsync(service.Http, service.Crm.State);
        await service.TakeRequestsAsync();
        var began = Stopwatch.GetTimestamp();
        await service.RunAsync(RunSteps.Sync);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var incremental = await service.TakeRequestsAsync();
        var differing = await DifferingAsync(service.ConnectionString, service.Crm.State);
        await service.RunAsync(RunSteps.Sync);
        var idle = await service.TakeRequestsAsync();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {(isFiltered ? "on" : "off")} | {written:N0} | {first:N0} | {incremental} | {(isFiltered ? 20 : 40)} | {seconds:0.0} | {differing} | {idle} |");
    }

    /// <summary>What a day of a busy office changes, spread over the whole account.</summary>
    private static async Task ChangeAsync(HttpClient http, SandboxState state)
    {
        var leads = state.Leads.Living(SortBy.Id).Cast<Lead>().ToArray();
        for (var index = 0; index < Changed; index++)
        {
            var lead = leads[(int)((long)index * leads.Length / Changed)];
            var path = $"sandbox/leads/{lead.Id}";
            using var answer = await ((index % 10) switch
            {
                0 => http.PostAsJsonAsync("sandbox/leads", new { name = "new", price = 1000 + index, company_id = lead.CompanyId }),
                1 or 2 => http.PostAsJsonAsync(path, new { status_id = lead.StatusId == Lead.Won ? Lead.Lost : Lead.Won }),
                3 => http.PostAsJsonAsync(path, new { company_id = leads[index].CompanyId, price = 1000 + index }),
                4 when index % 50 == 4 => http.DeleteAsync(path),
                _ => http.PostAsJsonAsync(path, new { price = 1000 + index }),
            });
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<int> DifferingAsync(string connectionString, SandboxState state)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        var stored = (await connection.QueryAsync<string>(
            """
            select concat_ws('|', lead_id, pipeline_id, status_id, price::bigint, coalesce(company_id, 0), coalesce(main_contact_id, 0), coalesce(extract(epoch from closed_at)::bigint, 0))
            from leads where not is_deleted
            """)).ToHashSet(StringComparer.Ordinal);
        var held = state.Leads.Living(SortBy.Id).Cast<Lead>().Select(lead => FormattableString.Invariant(
            $"{lead.Id}|{lead.PipelineId}|{lead.StatusId}|{lead.Price:0}|{lead.CompanyId ?? 0}|{lead.ContactIds.FirstOrDefault()}|{lead.ClosedAt ?? 0}")).ToHashSet(StringComparer.Ordinal);
        return stored.Count(row => !held.Contains(row)) + held.Count(row => !stored.Contains(row));
    }
}
