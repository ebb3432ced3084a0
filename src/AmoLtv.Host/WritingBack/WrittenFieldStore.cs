using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>What runs changed or would change, as people look at it.</summary>
public sealed class WrittenFieldStore(NpgsqlDataSource database)
{
    /// <summary>Fields of a run by card, at most <paramref name="limit"/> of them, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<WrittenField> Fields, long Total)> ListAsync(
        AccountId account, RunId run, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var parameters = new { Account = account.Value, Run = run.Value, limit };
        var rows = await connection.QueryAsync<WrittenField>(new CommandDefinition(
            """
            select w.entity_type::int as EntityType, w.entity_id as EntityId, nullif(c.name, '') as CardName, w.field_id as FieldId, f.name as FieldName,
                   w.before as Before, w.after as After, w.status as Status, w.error as Error
            from field_writes w
            left join companies c on w.entity_type = 3 and c.account_id = w.account_id and c.company_id = w.entity_id
            left join custom_fields f on f.account_id = w.account_id and f.entity_type = w.entity_type and f.field_id = w.field_id
            where w.account_id = @Account and w.run_id = @Run
            order by w.entity_type desc, w.entity_id, w.field_id
            limit @limit
            """,
            parameters,
            cancellationToken: cancellationToken));
        var total = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from field_writes where account_id = @Account and run_id = @Run", parameters, cancellationToken: cancellationToken));
        return (rows.AsList(), total);
    }

    /// <summary>How many fields of a run have which fate, and why, the most frequent first.</summary>
    public async Task<IReadOnlyList<(string Status, string? Reason, long Fields)>> SummaryAsync(
        AccountId account, RunId run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string, string?, long)>(new CommandDefinition(
            """
            select status, error, count(*)
            from field_writes
            where account_id = @Account and run_id = @Run
            group by status, error
            order by 3 desc, 1, 2
            """,
            new { Account = account.Value, Run = run.Value },
            cancellationToken: cancellationToken));
        return rows.AsList();
    }
}
