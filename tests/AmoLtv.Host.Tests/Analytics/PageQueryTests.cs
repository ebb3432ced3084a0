using System.Net;
using AmoLtv.Host.Tests.Callers;
using Dapper;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>
/// What the pages ask is answered from what a run kept, or by an index: on an account of some size no request reads all its leads, verdicts or
/// written fields. The database itself counts what was read, whatever the statements are.
/// </summary>
[TestFixture]
public sealed class PageQueryTests
{
    private static readonly string[] Large = ["leads_", "lead_verdicts_", "field_writes_", "customer_results_"];

    /// <summary>By the pattern of the route; every GET of the pages has to have one.</summary>
    private static readonly Dictionary<string, string[]> Requests = new(StringComparer.Ordinal)
    {
        ["/api/analytics/overview"] = ["overview"],
        ["/api/analytics/segments"] = ["segments"],
        ["/api/analytics/products"] = ["products"],
        ["/api/analytics/tasks"] = ["tasks"],
        ["/api/analytics/filters"] = ["filters"],
        ["/api/analytics/cohorts"] = ["cohorts?period=month", "cohorts?period=quarter"],
        ["/api/analytics/forecast"] = ["forecast"],
        ["/api/analytics/channels"] = ["channels"],
        ["/api/analytics/retention"] = ["retention"],
        ["/api/analytics/managers"] = ["managers"],
        ["/api/analytics/losses"] = ["losses"],
        ["/api/analytics/drivers"] = ["drivers"],
        ["/api/analytics/quality"] = ["quality"],
        ["/api/analytics/clients"] =
        [
            "clients", "clients?order=name", "clients?order=-repeatProbability&tier=B", "clients?bought=2026", "clients?bought=2026-03&cohort=2025-Q4&order=lastPurchase",
            "clients?search=27", "clients?manager=7&near=any", "clients?product=7:1", "clients?without=7:1", "clients?driver=pipeline&level=10",
        ],
        ["/api/analytics/clients.csv"] = ["clients.csv?bought=2026-03"],
        ["/api/analytics/leads"] =
        [
            "leads?list=won&order=-day", "leads?list=won&manager=7", "leads?list=lost&order=-day", "leads?list=lost&stage=10:300&order=-amount", "leads?list=noAmount",
            "leads?list=noDate", "leads?list=noCustomer&order=-amount", "leads?list=otherPipeline&order=-day", "leads?list=returned", "leads?list=excludedByHand",
            "leads?list=noCompany", "leads?list=noCost", "leads?list=noCost&order=-amount",
        ],
        // A file of a list of what is missing names the pipeline of each of its leads: it may have as many as the account.
        ["/api/analytics/leads.csv"] = ["leads.csv?list=lost"],
        ["/api/operations/queue"] = ["queue"],
        ["/api/operations/runs"] = ["runs", "runs?choice=failed"],
        ["/api/operations/runs/{run:long}"] = ["runs/900002"],
        ["/api/operations/runs/{run:long}/progress"] = ["runs/900002/progress"],
        ["/api/operations/runs/{run:long}/changes"] = ["runs/900002/changes", "runs/900002/changes?status=confirmed"],
        ["/api/operations/runs/{run:long}/changes/summary"] = ["runs/900001/changes/summary"],
        ["/api/operations/runs/{run:long}/changes.csv"] = [],
        ["/api/operations/runs/{run:long}/undo"] = ["runs/900002/undo"],
        ["/api/operations/runs/{run:long}/undo/changes"] = ["runs/900002/undo/changes"],
        ["/api/operations/requests/{request:long}"] = ["requests/1"],
        ["/api/operations/conflicts"] = ["conflicts"],
        ["/api/operations/tasks/summary"] = ["tasks/summary"],
        ["/api/operations/tasks"] = ["tasks"],
        ["/api/operations/exchanges"] = ["exchanges", "exchanges?status=trouble"],
    };

    private LargeAccount _account = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _account = await LargeAccount.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _account.DisposeAsync();

    [Test]
    public void Every_route_of_analytics_and_operations_is_asked_here()
    {
        var routes = _account.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(route => "/" + route.RoutePattern.RawText!.Trim('/'))
            .Where(route => route.StartsWith("/api/analytics/", StringComparison.Ordinal) || route.StartsWith("/api/operations/", StringComparison.Ordinal));

        Assert.That(routes, Is.EquivalentTo(Requests.Keys));
    }

    [Test]
    public async Task No_request_reads_a_large_table_from_end_to_end()
    {
        // What the service looks at once, of its own accord or at the first request.
        await AskAsync("/api/analytics/overview");
        foreach (var path in from entry in Requests
                             from request in entry.Value
                             select string.Join('/', entry.Key.Split('/')[..3]) + "/" + request)
        {
            var before = await _account.CountersAsync();
            await AskAsync(path);
            var after = await _account.CountersAsync();

            var read = after.Where(counter => Array.Exists(Large, table => IsPartOf(counter.Key, table)) && counter.Value > before.GetValueOrDefault(counter.Key));
            Assert.That(read.Select(counter => counter.Key), Is.Empty, path);
        }
    }

    [TestCase("/api/operations/queue", "field_writes_planned")]
    [TestCase("/api/operations/runs", "field_writes_confirmed")]
    [TestCase("/api/operations/runs/900002/undo", "field_writes_confirmed")]
    [TestCase("/api/analytics/leads?list=noAmount", "lead_verdicts_gaps")]
    [TestCase("/api/analytics/leads?list=noCost", "lead_verdicts_without_cost")]
    [TestCase("/api/analytics/leads?list=noCompany", "lead_verdicts_without_company")]
    public async Task Index_that_was_made_for_a_request_serves_it(string path, string index)
    {
        var before = await _account.CountersAsync();
        await AskAsync(path);
        var after = await _account.CountersAsync();

        Assert.That(after[index + " index"], Is.GreaterThan(before[index + " index"]));
    }

    [Test]
    public async Task Tag_of_an_answer_stays_with_it_and_changes_with_a_name_in_it()
    {
        await _account.ExecuteAsync("insert into pipelines (account_id, pipeline_id, name, sort, is_main, is_archive) values (@Account, 10, 'Before', 1, false, false)");
        using var first = await _account.AskAsync("/api/analytics/losses");
        var tag = first.Headers.ETag!.ToString();
        using var same = await _account.AskAsync("/api/analytics/losses", tag);
        await _account.ExecuteAsync("update pipelines set name = 'After' where account_id = @Account and pipeline_id = 10");
        using var renamed = await _account.AskAsync("/api/analytics/losses", tag);

        Assert.That((first.StatusCode, same.StatusCode, renamed.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.OK)));
        Assert.That(await renamed.Content.ReadAsStringAsync(), Does.Contain("After"));
        Assert.That(renamed.Headers.ETag!.ToString(), Is.Not.EqualTo(tag));
    }

    [Test]
    public async Task Clients_who_bought_in_a_period_are_those_with_a_purchase_in_it([Values("2026", "2026-03", "2025-Q4", "2025-11-07:2025-11-07")] string period)
    {
        using var answer = await _account.AskAsync($"/api/analytics/clients?bought={period}");
        var listed = (await PageSession.ReadAsync(answer)).GetProperty("total").GetProperty("count").GetInt64();
        var (from, to) = period switch
        {
            "2026" => ("2026-01-01", "2026-12-31"),
            "2026-03" => ("2026-03-01", "2026-03-31"),
            "2025-Q4" => ("2025-10-01", "2025-12-31"),
            _ => ("2025-11-07", "2025-11-07"),
        };

        await using var connection = await _account.Server.Database.OpenConnectionAsync();
        var bought = await connection.ExecuteScalarAsync<long>(
            $"""
            select count(distinct (c.scope, c.customer_id)) from analysed_clients c
            join lead_verdicts v on v.account_id = c.account_id and v.kind = 1 and v.purchase_day between '{from}' and '{to}'
                and ((c.scope = 1 and v.company_id = c.customer_id) or (c.scope = 3 and v.company_id is null and v.contact_id = c.customer_id))
            where c.account_id = @Account
            """,
            new { Account = _account.Server.Account.Value });
        Assert.That(listed, Is.EqualTo(bought).And.GreaterThan(0));
    }

    private static async Task<System.Text.Json.JsonElement> PageSessionJson(HttpResponseMessage answer) => await Callers.PageSession.ReadAsync(answer);

    /// <summary>Partitions are called after their table: leads_11.</summary>
    private static bool IsPartOf(string relation, string table) =>
        relation.StartsWith(table, StringComparison.Ordinal) && relation[table.Length..].All(char.IsAsciiDigit);

    private async Task AskAsync(string path)
    {
        using var answer = await _account.AskAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(path.Contains("/requests/", StringComparison.Ordinal) ? 404 : 200), $"{path}: {text}");
    }
}
