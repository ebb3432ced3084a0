using System.Text.RegularExpressions;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Database;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AmoLtv.Host.Tests.Database;

/// <summary>What an earlier version has stored is carried over by the migrations.</summary>
public sealed partial class UpgradeTests
{
    [Test]
    public async Task Verdicts_stored_before_totals_were_kept_are_counted_and_tiers_stay()
    {
        await using var connection = new NpgsqlConnection(await DatabaseServer.CreateEmptyDatabaseAsync());
        await connection.OpenAsync();
        var migrations = Migration.ReadEmbedded();
        await connection.ExecuteAsync(migrations[0].Sql);
        await connection.ExecuteAsync(
            """
            insert into accounts (account_id, base_uri, brand) values (5, 'https://five.amocrm.ru', 'amocrm');
            insert into lead_verdicts (account_id, lead_id, kind, reason, amount, contact_id)
            values (5, 1, 1, null, 100, 9), (5, 2, 1, null, 50.50, null), (5, 3, 0, 'notWon', null, 9), (6, 4, 2, null, 7, null);
            insert into customer_values (account_id, scope, customer_id, from_run, purchases, revenue, credit_notes, estimated_costs,
                                         historical_ltv, ltv_kind, is_floored, is_lost)
            values (5, 1, 20, 1, 2, 150.50, 0, 0, 150.50, 'historical', false, false);
            insert into customer_standings values (5, 1, 20, 1, 100, 1, 'B');
            """);

        foreach (var migration in migrations.Skip(1))
        {
            await connection.ExecuteAsync(migration.Sql);
        }

        var totals = await connection.QueryAsync<(long Account, short Kind, string Reason, long Leads, decimal Amount, long WithContact, decimal AmountWithContact)>(
            "select account_id, kind, reason, leads, amount, leads_with_contact, amount_with_contact from verdict_totals order by account_id, kind, reason");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(totals, Is.EqualTo(new (long, short, string, long, decimal, long, decimal)[]
            {
                (5, 0, "notWon", 1, 0, 1, 0), (5, 1, "", 2, 150.50m, 1, 100), (6, 2, "", 1, 7, 0, 0),
            }));
            Assert.That(await connection.ExecuteScalarAsync<string>("select tier from customer_values"), Is.EqualTo("B"));
        }
    }

    [Test]
    public async Task Program_starts_beside_a_newer_one_that_only_added()
    {
        await using var database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        await ApplyNewerAsync(database, oldestProgram: Migration.ReadEmbedded()[^1].Number);

        Assert.That(await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None), Is.Zero);
    }

    [Test]
    public async Task Program_refuses_a_schema_from_which_a_newer_one_took_what_it_needs()
    {
        await using var database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        await ApplyNewerAsync(database, oldestProgram: 9998);

        var refused = await Assert.ThrowsAsync<CommandFailedException>(() => new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None));
        Assert.That(refused!.Message, Does.Contain("9998").And.Contain("start a newer version"));
    }

    [Test, Category("Slow")]
    public async Task Change_of_a_table_that_a_backup_reads_keeps_nobody_waiting_and_comes_when_it_is_free()
    {
        await using var database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync("alter table runs drop column due_at; delete from schema_migrations where number = 21");
        await using var backup = await database.OpenConnectionAsync();
        await using var reading = await backup.BeginTransactionAsync();
        await backup.ExecuteAsync("select from runs");

        var migrating = new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        for (var second = 0; second < 5; second++)
        {
            await connection.ExecuteScalarAsync<long>("select count(*) from runs", commandTimeout: 5);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        Assert.That(migrating.IsCompleted, Is.False);
        await reading.CommitAsync();
        Assert.That(await migrating.WaitAsync(TimeSpan.FromMinutes(1)), Is.EqualTo(1));
    }

    [TestCase("-- Drops what nobody reads.\n-- Programs before 0021 cannot work with this.\ndrop table old;", 21)]
    [TestCase("alter table runs add column due_at timestamptz;", 0)]
    public void Migration_says_which_programs_can_work_with_it(string sql, int oldest) =>
        Assert.That(new Migration(23, "example", sql).OldestProgram, Is.EqualTo(oldest));

    /// <summary>The rule is younger than the migrations up to 21.</summary>
    [Test]
    public void Migration_that_takes_something_away_says_which_programs_can_work_with_it()
    {
        var silent = Migration.ReadEmbedded().Where(migration => migration.Number > 21 && TakesAway().IsMatch(migration.Sql) && migration.OldestProgram == 0);

        Assert.That(silent.Select(migration => migration.Name), Is.Empty);
        Assert.That(TakesAway().IsMatch("alter table runs\n    drop column due_at;") && TakesAway().IsMatch("alter table runs rename to trips"), Is.True);
        Assert.That(TakesAway().IsMatch("drop index runs_due; alter table runs add column due_at timestamptz;"), Is.False);
    }

    [GeneratedRegex(@"drop\s+(table|column|view)|\srename\s|set\s+not\s+null|alter\s+column\s+\w+\s+type", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TakesAway();

    private static async Task ApplyNewerAsync(NpgsqlDataSource database, int oldestProgram)
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into schema_migrations (number, name, checksum, oldest_program) values (9999, 'newer', '', @oldestProgram)", new { oldestProgram });
    }
}
