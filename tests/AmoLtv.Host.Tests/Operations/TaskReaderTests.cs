using AmoLtv.Core.Identity;
using AmoLtv.Host.Operations;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Operations;

/// <summary>The list of tasks over rows of a bare database.</summary>
[TestFixture]
public sealed class TaskReaderTests
{
    private static readonly AccountId Account = new(77);

    private NpgsqlDataSource _database = null!;

    [OneTimeSetUp]
    public async Task CreateAsync()
    {
        _database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        await ExecuteAsync("insert into accounts (account_id, base_uri, brand, time_zone) values (77, 'https://acme.amocrm.ru', 'amocrm', 'Atlantis/Poseidonis')");
        // One client with several reasons of one night and one value, and others beside it.
        foreach (var (customer, reason) in new[] { (1, "tier:A>B:1"), (1, "tier:A>B:2"), (1, "slipping:1"), (2, "slipping:1"), (3, "slipping:1") })
        {
            await AddAsync(customer, reason, "2026-11-20 21:30:00.123456+00");
        }

        await ExecuteAsync(
            """
            insert into customer_results (
                account_id, scope, customer_id, from_run, purchases, revenue, credit_notes, estimated_costs, historical_ltv, ltv_kind, is_floored,
                first_purchase, last_purchase, is_lost)
            values (77, 1, 3, 1, 1, 0, 0, 0, 0, 'formula', false, '2026-11-21', '2026-11-21', false)
            """);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Every_task_is_listed_once_though_new_ones_come_between_the_parts()
    {
        var reader = new TaskReader(_database);
        List<long> found = [];
        string? cursor = null;
        do
        {
            var part = await reader.ListAsync(Account, null, null, cursor, 2, CancellationToken.None);
            found.AddRange(part.Items.Select(task => task.Id));
            cursor = part.Next;
            await AddAsync(100 + found.Count, "slipping:1", "2026-11-21 21:30:00+00");
        }
        while (cursor is not null);

        Assert.That(found, Is.EqualTo(new[] { 3, 2, 1, 1, 1 }));
        await ExecuteAsync("delete from customer_tasks where customer_id > 100");
    }

    [TestCase("nonsense")]
    [TestCase("bnVsbA")]
    [TestCase("e30")]
    public async Task A_cursor_that_was_not_given_out_begins_at_the_newest(string cursor) =>
        Assert.That((await new TaskReader(_database).ListAsync(Account, null, null, cursor, 1, CancellationToken.None)).Items[0].Id, Is.EqualTo(3));

    [Test]
    public async Task A_time_zone_the_database_does_not_know_fails_no_list_and_days_are_cut_in_utc()
    {
        var tasks = await new TaskReader(_database).ListAsync(Account, null, null, null, 10, CancellationToken.None);
        var summary = await new TaskReader(_database).SummaryAsync(Account, CancellationToken.None);

        Assert.That(tasks.Items.Where(task => task.BoughtOn is not null).Select(task => task.Id), Is.EqualTo(new[] { 3 }), "bought on the day after, in UTC");
        Assert.That(summary.Totals.Sum(total => total.BoughtSince), Is.EqualTo(1));
    }

    private Task AddAsync(int customer, string reason, string foundAt) => ExecuteAsync(
        """
        insert into customer_tasks (account_id, scope, customer_id, reason, kind, from_segment, to_segment, value, marker, status, found_run, found_at)
        values (77, 1, @customer, @reason, 'slipping', 'a', 'b', 5, 'm', 'created', 1, @foundAt::timestamptz)
        """,
        new { customer, reason, foundAt });

    private async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }
}
