using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Webhooks;

/// <summary>Marks of hooks, added and never changed.</summary>
internal sealed class HookMarkStore(NpgsqlDataSource database)
{
    /// <summary>Every hook of the process waits behind one that is written: a connection that hangs must not keep them longer than the CRM waits.</summary>
    private const int LongestSeconds = 15;

    private const string IsNews = "(s.status = 'silent' or s.heard_at is null or s.heard_at < heard.at - interval '1 minute')";

    /// <summary>
    /// Adds marks in one commit, each that is said twice once. They are on the disk when this ends, whatever the database's default:
    /// a server that does not wait for its disk would answer for what it can still lose.
    /// </summary>
    /// <param name="marks">Of any accounts.</param>
    /// <param name="isHeard">Whether hooks of the CRM said so: then they come. Where they had not, what changed since the last poll is looked for.</param>
    public async Task AddAsync(IReadOnlyList<(AccountId Account, ChangeMark Mark, DateTimeOffset ReceivedAt)> marks, bool isHeard = false)
    {
        var distinct = marks.DistinctBy(mark => (mark.Account, mark.Mark)).ToList();
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection) { Timeout = LongestSeconds };
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
        if (isHeard)
        {
            AddHearing(batch, distinct);
        }

        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>To about a minute: a flood of hooks need not write the same row all the time.</summary>
    private static void AddHearing(NpgsqlBatch batch, List<(AccountId Account, ChangeMark Mark, DateTimeOffset ReceivedAt)> marks)
    {
        var heard = marks.GroupBy(mark => mark.Account).Select(account => (Account: account.Key.Value, At: account.Max(mark => mark.ReceivedAt).UtcDateTime)).ToList();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            insert into change_marks (account_id, entity_type, entity_id, kind, changed_at, received_at)
            select s.account_id, null, 0, 0, null, heard.at
            from unnest($1, $2) as heard (account_id, at)
            join webhook_subscriptions s on s.account_id = heard.account_id and s.status = 'silent'
            """)
        {
            Parameters = { Array(NpgsqlDbType.Bigint, heard.ConvertAll(one => one.Account)), Array(NpgsqlDbType.TimestampTz, heard.ConvertAll(one => one.At)) },
        });
        // In the order of accounts: two processes that hear of the same ones at once would wait for each other in any other.
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            $"""
            select from webhook_subscriptions s
            join unnest($1, $2) as heard (account_id, at) on s.account_id = heard.account_id and {IsNews}
            order by s.account_id
            for no key update of s
            """)
        {
            Parameters = { Array(NpgsqlDbType.Bigint, heard.ConvertAll(one => one.Account)), Array(NpgsqlDbType.TimestampTz, heard.ConvertAll(one => one.At)) },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            $"""
            update webhook_subscriptions s
            set heard_at = greatest(s.heard_at, heard.at), status = case when s.status = 'silent' then 'active' else s.status end,
                reason = case when s.status = 'silent' then null else s.reason end
            from unnest($1, $2) as heard (account_id, at)
            where s.account_id = heard.account_id and {IsNews}
            """)
        {
            Parameters = { Array(NpgsqlDbType.Bigint, heard.ConvertAll(one => one.Account)), Array(NpgsqlDbType.TimestampTz, heard.ConvertAll(one => one.At)) },
        });
    }

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, List<T> values) => new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values };
}
