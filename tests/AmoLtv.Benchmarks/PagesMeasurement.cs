using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Npgsql;

namespace AmoLtv.Benchmarks;

/// <summary>
/// Every analytics tab and the lists behind it, asked over HTTP of the service as a process of its own, for an account of a hundred thousand
/// companies and a million leads; beside a request that does nothing.
/// </summary>
internal static class PagesMeasurement
{
    private const int Leads = 1_000_000;
    private const int Times = 9;

    /// <summary>In milliseconds: no tab and no part of a list may take longer.</summary>
    private const double Longest = 500;

    private static readonly string[] Paths =
    [
        "overview", "segments", "filters", "cohorts?period=month", "cohorts?period=quarter", "retention", "forecast", "managers", "channels", "losses",
        "drivers", "quality", "tasks", "products",
        "clients", "clients?order=-repeatProbability", "clients?order=name", "clients?tier=A&order=-lastPurchase", "clients?recency=5&frequency=5",
        "clients?lifecycle=slipping,dormant", "clients?channel=channel%203", "clients?manager=7", "clients?near=any&order=missing",
        "clients?cohort=2019-Q2&bought=2024-Q1", "clients?bought=2024-Q1", "clients?bought=2024&order=lastPurchase", "clients?product=7:32", "clients?product=7:450&repeated=true", "clients?product=7:450&later=7:451", "clients?product=7:450&without=7:451&order=name",
        "clients?without=7:450", "clients?search=4711", "clients?driver=pipeline&level=11",
        "leads?list=won&manager=8&order=-day", "leads?list=lost&order=-day", "leads?list=lost&stage=11:303&order=-amount", "leads?list=noAmount", "leads?list=noCustomer&order=-amount",
        "leads?list=otherPipeline", "leads?list=otherPipeline&order=-day", "leads?list=otherPipeline&order=-amount", "leads?list=noCompany", "leads?list=noCompany&order=amount", "leads?list=noCost",
    ];

    /// <returns>Whether every request was answered in time.</returns>
    public static async Task<bool> RunAsync(string? file)
    {
        var text = new StringBuilder("# Analytics tabs, measured\n\n");
        void Line(string line)
        {
            Console.WriteLine(line);
            text.Append(line).Append('\n');
        }

        await using var server = MeasuredServer.Start();
        var account = await AnalysedAccount.CreateAsync(server.ConnectionString, Leads);
        await PrepareAsync(server.ConnectionString);
        var (analysis, _) = await account.AnalyseAsync();
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.ExecuteAsync(new CommandDefinition("vacuum analyze", commandTimeout: 600));
        var (again, _) = await account.AnalyseAsync();
        Line(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, .NET {Environment.Version}; service and PostgreSQL with its default settings on one machine. An account with {Leads / 10:N0} companies and {Leads:N0} leads. Its analyses and lists took {analysis / 1000:0.0} s the first time, {again / 1000:0.0} s when nothing had changed. Each request {Times} times after two to warm up."));
        Line("");
        await using var service = await MeasuredPages.StartAsync(server.ConnectionString, Leads);
        var trivial = await service.MeasureAsync("/health/live", Times);
        Line(string.Create(CultureInfo.InvariantCulture, $"A request that does nothing (`/health/live`): {trivial.Median:0.0} ms."));
        Line("");
        await RequireAllAsync(service);
        Line(string.Create(CultureInfo.InvariantCulture, $"| request | median, ms | slowest, ms | times the trivial one | KB | at most {Longest:0} ms |"));
        Line("| --- | --- | --- | --- | --- | --- |");
        var late = new List<string>();
        foreach (var path in Paths)
        {
            var measured = await service.MeasureAsync("/api/analytics/" + path, Times);
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {path} | {measured.Median:0} | {measured.Slowest:0} | {measured.Median / trivial.Median:0} | {measured.Bytes / 1024.0:0} | {(measured.Median <= Longest ? "yes" : "**no**")} |"));
            if (measured.Median > Longest)
            {
                late.Add(path);
            }
        }

        Line("");
        Line(late.Count == 0 ? "Every request was answered in time." : $"Too late: {string.Join(", ", late)}.");

        var began = Stopwatch.GetTimestamp();
        var bytes = await service.DownloadAsync("/api/analytics/clients.csv?language=ru");
        Line("");
        Line(string.Create(CultureInfo.InvariantCulture, $"All {Leads / 10:N0} clients as a file: {bytes / 1048576.0:0.0} MB in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s."));
        foreach (var plan in await PlansAsync(connection))
        {
            Line("");
            Line(plan);
        }

        if (file is not null)
        {
            await File.WriteAllTextAsync(file, text.ToString());
        }

        return late.Count == 0;
    }

    /// <summary>A tab that was added is measured too, or nothing is.</summary>
    private static async Task RequireAllAsync(MeasuredPages service)
    {
        var described = JsonNode.Parse(await service.GetTextAsync("/openapi/v1.json"))!["paths"]!.AsObject()
            .Where(path => path.Key.StartsWith("/api/analytics/", StringComparison.Ordinal) && !path.Key.EndsWith(".csv", StringComparison.Ordinal))
            .Select(path => path.Key["/api/analytics/".Length..]);
        var missing = described.Except(Paths.Select(path => path.Split('?')[0]), StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            throw new InvalidOperationException($"Not measured: {string.Join(", ", missing)}.");
        }
    }

    /// <summary>What a valuation would have left beside the sums: segments, forecasts, names, and leads on which something is missing.</summary>
    private static async Task PrepareAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update companies set name = 'ООО «Компания ' || company_id || '»' where account_id = @Leads;
            update customer_results set
                tier = case when customer_id % 20 = 0 then 'A' when customer_id % 5 = 0 then 'B' else 'C' end,
                rfm_recency = 1 + customer_id % 5, rfm_frequency = 1 + customer_id / 7 % 5, rfm_monetary = 1 + customer_id / 3 % 5, rfm_group = 'loyal',
                lifecycle = (array['new', 'active', 'slipping', 'dormant', 'lost'])[1 + customer_id % 5],
                repeat_probability = (customer_id % 997) / 997.0, value_low = 50, value_high = 300, average_order_value = round(revenue / purchases, 2)
            where account_id = @Leads;
            update lead_verdicts set kind = 0, reason = 'noAmount', amount = null where account_id = @Leads and lead_id % 1000 = 1;
            update lead_verdicts set kind = 0, reason = 'noCustomer', company_id = null where account_id = @Leads and lead_id % 500 = 2;
            update lead_verdicts set kind = 0, reason = 'otherPipeline' where account_id = @Leads and lead_id % 4 = 3 and kind = 1;
            update lead_verdicts set company_id = null, contact_id = 7 where account_id = @Leads and kind = 1 and lead_id % 50 = 4;
            insert into verdict_totals (account_id, kind, reason, leads, amount, leads_with_contact, amount_with_contact,
                                        leads_without_company, amount_without_company, leads_without_cost, amount_without_cost)
            select account_id, kind, coalesce(reason, ''), count(*), coalesce(sum(amount), 0), 0, 0,
                   count(*) filter (where company_id is null), coalesce(sum(amount) filter (where company_id is null), 0),
                   count(*) filter (where cost is null), coalesce(sum(amount) filter (where cost is null), 0) from lead_verdicts where account_id = @Leads group by 1, 2, 3;
            insert into grants (account_id, client_id, access_token, expires_at, granted_by, is_admin) values (@Leads, @Client, '', 'infinity', 1, true);
            analyze;
            """,
            new { Leads = (long)Leads, Client = MeasuredPages.ClientId }, commandTimeout: 900));
    }

    /// <summary>How the database finds the first part of lists that would be long to read whole.</summary>
    private static async Task<IReadOnlyList<string>> PlansAsync(NpgsqlConnection connection)
    {
        var plans = new List<string>();
        foreach (var sql in new[]
        {
            "select customer_id from analysed_clients c where c.account_id = 1000000 and (c.value, c.customer_id, c.scope) < (5000, 1, 1) order by c.value desc, c.customer_id desc, c.scope desc limit 51",
            "select count(*) from analysed_clients c where c.account_id = 1000000 and c.responsible_user_id = 7",
            "select lead_id from lead_verdicts v where v.account_id = 1000000 and v.reason = 'noAmount' order by lead_id desc limit 51",
            "select lead_id from lead_verdicts v where v.account_id = 1000000 and v.company_id is null and v.kind <> 0 and v.kind = 1 and v.is_in_period order by lead_id desc limit 51",
            "select lead_id from lead_verdicts v where v.account_id = 1000000 and v.cost is null and v.kind = 1 and v.is_in_period order by lead_id desc limit 51",
            "select count(*) from analysed_clients c where c.account_id = 1000000 and c.bought && daterange('2024-01-01', '2024-03-31', '[]')",
        })
        {
            var lines = await connection.QueryAsync<string>("explain (costs off) " + sql);
            plans.Add($"```\n{sql}\n{string.Join('\n', lines)}\n```");
        }

        return plans;
    }
}
