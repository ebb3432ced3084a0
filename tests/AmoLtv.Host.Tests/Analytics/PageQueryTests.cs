using System.Net;
using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Callers;
using AmoLtv.Host.Tests.Cards;
using AmoLtv.Sandbox.State;
using Dapper;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>
/// What the pages and cards ask is answered from what a run kept, or by an index: on an account of some size no request reads all its leads,
/// verdicts or written fields, and no run reads those before it. The database itself counts what was read, whatever the statements are.
/// </summary>
[TestFixture, Category("Slow")]
public sealed class PageQueryTests
{
    private static readonly string[] Large = ["leads_", "lead_verdicts_", "field_writes_", "customer_results_"];

    /// <summary>What the names in requests stand for in <see cref="LargeAccount"/>.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["search"] = "27",
        ["manager"] = "7",
        ["product"] = "7:1",
        ["pipeline"] = "10",
        ["stage"] = "10:300",
        ["run"] = "900002",
        ["smallRun"] = "900001",
    };

    /// <summary>Every read of analytics and operations but for the file of a run's changes, which has as many lines as the run has changes.</summary>
    private static readonly IReadOnlyList<string> Paths =
    [
        .. from request in ApiRequests.About(name => Names.GetValueOrDefault(name, "1"))
           where request.Method == HttpMethod.Get && !request.Route.EndsWith("/changes.csv", StringComparison.Ordinal)
           where request.Path.StartsWith("/api/analytics/", StringComparison.Ordinal) || request.Path.StartsWith("/api/operations/", StringComparison.Ordinal)
           select request.Path,
    ];

    private LargeAccount _account = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _account = await LargeAccount.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _account.DisposeAsync();

    [Test]
    public async Task No_request_reads_a_large_table_from_end_to_end()
    {
        // What the service looks at once, of its own accord or at the first request.
        await AskAsync("/api/analytics/overview");
        foreach (var path in Paths)
        {
            var before = await _account.CountersAsync();
            await AskAsync(path);
            Assert.That(await ReadFromEndToEndAsync(before, relation => Array.Exists(Large, table => IsPartOf(relation, table))), Is.Empty, path);
        }
    }

    [Test]
    public async Task No_card_reads_a_large_table_from_end_to_end()
    {
        var state = _account.Server.Sandbox.State;
        var caller = new CardCaller(_account.Server);
        foreach (var path in new[] { $"companies/{state.Companies.Living(SortBy.Id)[3].Id}", $"contacts/{state.Contacts.Living(SortBy.Id)[3].Id}", $"leads/{state.Leads.Living(SortBy.Id)[3].Id}" })
        {
            var before = await _account.CountersAsync();
            await caller.CardAsync(path);
            Assert.That(await ReadFromEndToEndAsync(before, relation => Array.Exists(Large, table => IsPartOf(relation, table))), Is.Empty, path);
        }
    }

    [Test]
    public async Task No_run_reads_all_those_before_it()
    {
        var before = await _account.CountersAsync();

        await _account.Server.RunAsync(RunSteps.Tasks);

        Assert.That(await ReadFromEndToEndAsync(before, relation => relation is "runs" or "run_steps"), Is.Empty);
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

    private async Task<IReadOnlyList<string>> ReadFromEndToEndAsync(IReadOnlyDictionary<string, long> before, Func<string, bool> isLarge) =>
        [.. (await _account.CountersAsync()).Where(counter => isLarge(counter.Key) && counter.Value > before.GetValueOrDefault(counter.Key)).Select(counter => counter.Key)];

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
