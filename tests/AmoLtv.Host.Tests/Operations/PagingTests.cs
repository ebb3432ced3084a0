using System.Net;
using System.Text.Json;
using AmoLtv.Host.Analytics.Lists;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Tests.Callers;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Operations;

/// <summary>Whoever reads a list part by part gets each row once that was there at the beginning, whatever is added meanwhile.</summary>
[TestFixture]
public sealed class PagingTests
{
    private const int Rows = 7;

    /// <summary>By the pattern of the route: what is asked, what names a row in the answer, and how the row of a number comes to be.</summary>
    private static readonly Dictionary<string, (string Path, string[] Names, string Insert)> Lists = new(StringComparer.Ordinal)
    {
        ["/api/settings/versions"] = ("/api/settings/versions", ["version"],
            "insert into settings_versions (account_id, version, settings, saved_by, saved_at) values (@Account, @Number, '{}', '1', now())"),
        ["/api/settings/trail"] = ("/api/settings/trail", ["id"],
            """insert into settings_trail (account_id, area, made_by, made_at, before, after) values (@Account, 'tasks', '1', '2026-01-01', '{}', '{"dailyCap": 3}')"""),
        ["/api/settings/exclusions"] = ("/api/settings/exclusions", ["id"],
            "insert into lead_exclusions (account_id, lead_id, comment, excluded_by, excluded_at) values (@Account, @Number, 'twice', '1', '2026-01-01')"),
        ["/api/settings/spend/changes"] = ("/api/settings/spend/changes", ["id"],
            "insert into spend_changes (account_id, kind, made_by, made_at) values (@Account, 'cell', '1', '2026-01-01')"),
        ["/api/operations/runs"] = ("/api/operations/runs", ["id"],
            "insert into runs (account_id, epoch, cause, steps, status, started_at, finished_at) values (@Account, 0, 'night', '{sync}', 'finished', '2026-01-01', '2026-01-01')"),
        ["/api/operations/runs/{run:long}/changes"] = ("/api/operations/runs/900000/changes", ["card", "id", "field"],
            """
            insert into field_writes (account_id, run_id, entity_type, entity_id, field_id, before, after, status)
            values (@Account, 900000, (array[1, 2, 3])[1 + @Number % 3], 10 + @Number / 2, 7, '1', '2', 'confirmed')
            """),
        ["/api/operations/runs/{run:long}/undo/changes"] = ("/api/operations/runs/900001/undo/changes", ["card", "id", "field"],
            """
            insert into field_writes (account_id, run_id, entity_type, entity_id, field_id, before, after, status)
            values (@Account, 900001, (array[1, 2, 3])[1 + @Number % 3], 10 + @Number / 2, 7, '1', '2', 'confirmed')
            """),
        ["/api/operations/conflicts"] = ("/api/operations/conflicts", ["card", "id", "field"],
            "insert into field_conflicts (account_id, entity_type, entity_id, field_id, seen, seen_at) values (@Account, (array[1, 2, 3])[1 + @Number % 3], 10 + @Number / 2, 7, 2, now())"),
        ["/api/operations/tasks"] = ("/api/operations/tasks", ["client", "id", "customer", "customerId", "kind"],
            """
            insert into customer_tasks (account_id, scope, customer_id, reason, kind, from_segment, to_segment, value, marker, status, found_run, found_at)
            values (@Account, 1, @Number, 'slipping:2026-01-01', 'slipping', 'active', 'slipping', 100, 'm' || @Number, 'waiting', 1, '2026-01-01')
            """),
        ["/api/operations/exchanges"] = ("/api/operations/exchanges?path=/made", ["id"],
            """
            insert into crm_exchanges (account_id, day_slot, client_id, at, method, path, status, duration_ms, attempt, is_interactive)
            values (@Account, (current_date - date '1970-01-01') % 32, 'c', now(), 'GET', '/made', 200, 1, 1, false)
            """),
        ["/api/analytics/clients"] = ("/api/analytics/clients?order=-value", ["scope", "id"],
            """
            insert into analysed_clients (account_id, scope, customer_id, name, search, value, historical_ltv, revenue, purchases, first_purchase, last_purchase, traits)
            values (@Account, 1, @Number, '', '', 100, 100, 100, 1, '2026-01-01', '2026-01-01', '{}')
            """),
        ["/api/analytics/leads"] = ("/api/analytics/leads?list=won&order=-day", ["id"],
            "insert into analysed_leads (account_id, list, lead_id, day, amount, value) values (@Account, 'won', @Number, '2026-01-01', 100, 100)"),
    };

    private static readonly string[] Routes = [.. Lists.Keys];

    private HostServer _server = null!;
    private string _token = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 });
        await _server.InstallAsync();
        _token = await PageSession.PageTokenAsync(_server, PageSession.Admin(_server));
        await using var connection = await _server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into runs (account_id, run_id, epoch, cause, steps, status, started_at, finished_at) overriding system value
            select @Account, 900000 + run, 0, 'night', '{write-back}', 'finished', '2026-01-01', '2026-01-01' from generate_series(0, 1) run
            """,
            new { Account = _server.Account.Value });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public void Every_list_of_the_pages_is_read_here()
    {
        var lists = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.OfType<IProducesResponseTypeMetadata>().Any(answer => IsList(answer.Type)))
            .Select(route => "/" + route.RoutePattern.RawText!.Trim('/'));

        Assert.That(lists, Is.EquivalentTo(Lists.Keys));
    }

    [TestCaseSource(nameof(Routes))]
    public async Task List_read_in_parts_has_each_row_once_while_others_are_added(string route)
    {
        var (path, names, insert) = Lists[route];
        for (var number = 1; number <= Rows; number++)
        {
            await InsertAsync(insert, 2 * number);
        }

        var there = (await PartAsync(path, names, 200, null)).Names;
        var (read, next, added) = (new List<string>(), default(string), 0);
        do
        {
            (var part, next) = await PartAsync(path, names, 2, next);
            read.AddRange(part);
            // Before, between and behind what is left to be read, wherever the order puts them.
            await InsertAsync(insert, (2 * added++) + 1);
            await InsertAsync(insert, 1000 + added);
        }
        while (next is not null && added < 40);

        Assert.That(there, Has.Count.GreaterThanOrEqualTo(Rows).And.Unique, "the names do not tell the rows apart");
        Assert.That(read, Is.Unique);
        Assert.That(read.Where(there.Contains), Is.EqualTo(there));
    }

    private static bool IsList(Type? type) =>
        type is { IsGenericType: true } && (type.GetGenericTypeDefinition() == typeof(Paged<>) || type.GetGenericTypeDefinition() == typeof(ListPage<>));

    private async Task InsertAsync(string sql, int number)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, new { Account = _server.Account.Value, Number = number });
    }

    private async Task<(List<string> Names, string? Next)> PartAsync(string path, string[] names, int limit, string? cursor)
    {
        var query = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={limit}&cursor={cursor}";
        for (; ; await Task.Delay(100))
        {
            using var answer = await PageSession.SendAsync(_server, HttpMethod.Get, query, _token);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                continue;
            }

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
            var page = await PageSession.ReadAsync(answer);
            return (
                [.. page.GetProperty("items").EnumerateArray().Select(row => string.Join(':', names.Select(name => row.TryGetProperty(name, out var value) ? value.ToString() : "")))],
                page.GetProperty("next").GetString());
        }
    }
}
