using AmoLtv.Host.Database;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Database;

/// <summary>What an earlier version has stored is carried over by the migrations.</summary>
public sealed class UpgradeTests
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
            "select * from verdict_totals order by account_id, kind, reason");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(totals, Is.EqualTo(new (long, short, string, long, decimal, long, decimal)[]
            {
                (5, 0, "notWon", 1, 0, 1, 0), (5, 1, "", 2, 150.50m, 1, 100), (6, 2, "", 1, 7, 0, 0),
            }));
            Assert.That(await connection.ExecuteScalarAsync<string>("select tier from customer_values"), Is.EqualTo("B"));
        }
    }
}
