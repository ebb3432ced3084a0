using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>What hooks said of an account and nobody has looked at yet.</summary>
internal sealed class ChangeMarkStore(NpgsqlDataSource database)
{
    /// <summary>Marks of one reading; more are left for the next.</summary>
    private const int Most = 20_000;

    /// <summary>The oldest marks, each with the time of change of the stored card; null where it is not stored or deleted.</summary>
    public async Task<IReadOnlyList<(long Id, ChangeMark Mark, DateTimeOffset? StoredAt)>> ListAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            select m.mark_id as MarkId, m.entity_type as Entity, m.entity_id as EntityId, m.kind, m.changed_at as ChangedAt, stored.updated_at as StoredAt
            from (select * from change_marks where account_id = @Account order by mark_id limit {Most}) m
            left join lateral (
                select updated_at from leads where account_id = @Account and lead_id = m.entity_id and not is_deleted and m.entity_type = 2
                union all
                select updated_at from companies where account_id = @Account and company_id = m.entity_id and not is_deleted and m.entity_type = 3
                union all
                select updated_at from contacts where account_id = @Account and contact_id = m.entity_id and not is_deleted and m.entity_type = 1
            ) stored on true
            order by m.mark_id
            """,
            new { Account = account.Value }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => (
            row.MarkId,
            new ChangeMark((EntityType?)row.Entity, row.EntityId, (ChangeKind)row.Kind, Moment(row.ChangedAt)),
            Moment(row.StoredAt)))];
    }

    /// <summary>Forgets marks that were looked at, and says whether a valuation is due for what they led to: never taken back here.</summary>
    public async Task FinishAsync(
        RunContext run, IReadOnlyCollection<long> marks, bool isValuingDue, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from change_marks where account_id = @Account and mark_id = any(@Marks);
            insert into change_follows as follow (account_id, followed_at, is_valuing_due) values (@Account, @Now, @IsValuingDue)
            on conflict (account_id) do update
            set followed_at = excluded.followed_at, is_valuing_due = follow.is_valuing_due or excluded.is_valuing_due;
            """,
            new { Account = run.Account.Value, Marks = marks.ToArray(), Now = now.UtcDateTime, IsValuingDue = isValuingDue },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private static DateTimeOffset? Moment(DateTime? moment) => moment is { } some ? new DateTimeOffset(some) : null;

    private sealed class Row
    {
        public required long MarkId { get; init; }

        public short? Entity { get; init; }

        public required long EntityId { get; init; }

        public required short Kind { get; init; }

        public DateTime? ChangedAt { get; init; }

        public DateTime? StoredAt { get; init; }
    }
}
