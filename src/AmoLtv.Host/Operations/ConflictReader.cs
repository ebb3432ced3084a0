using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>Fields of cards that something else writes too, and what a person decides about them.</summary>
public sealed class ConflictReader(NpgsqlDataSource database, TimeProvider time)
{
    public async Task<Paged<ConflictAnswer>> ListAsync(AccountId account, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var at = PageSize.Numbers(cursor, 3);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<ConflictRow>(new CommandDefinition(
            """
            select x.entity_type::int as entity, x.entity_id, nullif(c.name, '') as card_name, x.field_id, f.name as field_name, f.type as field_type,
                   x.seen, x.ours, x.theirs, x.seen_at, x.stopped_at
            from field_conflicts x
            left join companies c on x.entity_type = 3 and c.account_id = x.account_id and c.company_id = x.entity_id
            left join custom_fields f on f.account_id = x.account_id and f.entity_type = x.entity_type and f.field_id = x.field_id
            where x.account_id = @Account and (x.entity_type, x.entity_id, x.field_id) < (@AtEntity, @AtCard, @AtField)
            order by x.entity_type desc, x.entity_id desc, x.field_id desc
            limit @Limit
            """,
            new
            {
                Account = account.Value,
                AtEntity = (short)Math.Min(at?[0] ?? short.MaxValue, short.MaxValue),
                AtCard = at?[1] ?? long.MaxValue,
                AtField = at?[2] ?? long.MaxValue,
                Limit = limit + 1,
            },
            cancellationToken: cancellationToken))).AsList();
        var part = PageSize.Page(rows, limit, row => string.Create(CultureInfo.InvariantCulture, $"{row.Entity}-{row.EntityId}-{row.FieldId}"));
        return part.Select(row => row.Read());
    }

    /// <summary>Forgets a conflict: the next run writes the field again.</summary>
    /// <returns>False where there is none.</returns>
    public Task<bool> ResumeAsync(AccountId account, EntityType card, long id, long field, CancellationToken cancellationToken) => ExecuteAsync(
        "delete from field_conflicts where account_id = @Account and entity_type = @Entity and entity_id = @id and field_id = @field",
        account, card, id, field, cancellationToken);

    /// <summary>Leaves the field of this card to whoever else writes it.</summary>
    /// <returns>False where there is no conflict.</returns>
    public Task<bool> LeaveAsync(AccountId account, EntityType card, long id, long field, CancellationToken cancellationToken) => ExecuteAsync(
        """
        update field_conflicts set stopped_at = coalesce(stopped_at, @Now)
        where account_id = @Account and entity_type = @Entity and entity_id = @id and field_id = @field
        """,
        account, card, id, field, cancellationToken);

    private async Task<bool> ExecuteAsync(string sql, AccountId account, EntityType card, long id, long field, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            sql,
            new { Account = account.Value, Entity = (short)card, id, field, Now = time.GetUtcNow().UtcDateTime },
            cancellationToken: cancellationToken)) == 1;
    }

    private sealed class ConflictRow
    {
        public required int Entity { get; init; }

        public required long EntityId { get; init; }

        public string? CardName { get; init; }

        public required long FieldId { get; init; }

        public string? FieldName { get; init; }

        public string? FieldType { get; init; }

        public required int Seen { get; init; }

        public string? Ours { get; init; }

        public string? Theirs { get; init; }

        public required DateTime SeenAt { get; init; }

        public DateTime? StoppedAt { get; init; }

        public ConflictAnswer Read() => new(CardKind.Of(Entity), EntityId, CardName, FieldId, FieldName, FieldType, Seen, Ours, Theirs, SeenAt, StoppedAt);
    }
}
