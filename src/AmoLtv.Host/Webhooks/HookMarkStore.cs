using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Webhooks;

/// <summary>Marks of hooks, added and never changed.</summary>
internal sealed class HookMarkStore(NpgsqlDataSource database)
{
    /// <summary>
    /// Adds marks in one commit, each that is said twice once. They are on the disk when this ends, whatever the database's default:
    /// a server that does not wait for its disk would answer for what it can still lose.
    /// </summary>
    public async Task AddAsync(IReadOnlyList<(AccountId Account, ChangeMark Mark, DateTimeOffset ReceivedAt)> marks)
    {
        var distinct = marks.DistinctBy(mark => (mark.Account, mark.Mark)).ToList();
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('synchronous_commit', 'on', true)"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            insert into change_marks (account_id, entity_type, entity_id, kind, changed_at, received_at)
            select mark.*
            from unnest($1, $2, $3, $4, $5, $6) as mark (account_id, entity_type, entity_id, kind, changed_at, received_at)
            where exists (select from accounts a where a.account_id = mark.account_id)
            """)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Bigint, distinct.ConvertAll(mark => mark.Account.Value)),
                Array(NpgsqlDbType.Smallint, distinct.ConvertAll(mark => (short?)mark.Mark.Entity)),
                Array(NpgsqlDbType.Bigint, distinct.ConvertAll(mark => mark.Mark.Id)),
                Array(NpgsqlDbType.Smallint, distinct.ConvertAll(mark => (short)mark.Mark.Kind)),
                Array(NpgsqlDbType.TimestampTz, distinct.ConvertAll(mark => mark.Mark.ChangedAt?.UtcDateTime)),
                Array(NpgsqlDbType.TimestampTz, distinct.ConvertAll(mark => mark.ReceivedAt.UtcDateTime)),
            },
        });
        await batch.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, List<T> values) => new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values };
}
