using System.Globalization;
using System.Runtime.CompilerServices;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>What a run changed or would change, field by field; companies first, newest cards first.</summary>
public sealed class ChangeReader(NpgsqlDataSource database)
{
    private const string Selection =
        """
        select w.entity_type::int as entity, w.entity_id, nullif(c.name, '') as card_name, w.field_id, f.name as field_name, f.type as field_type,
               w.before, w.after, w.status, w.error
        from field_writes w
        left join companies c on w.entity_type = 3 and c.account_id = w.account_id and c.company_id = w.entity_id
        left join custom_fields f on f.account_id = w.account_id and f.entity_type = w.entity_type and f.field_id = w.field_id
        where w.account_id = @Account and w.run_id = @Run
          and (@Entity is null or w.entity_type = @Entity) and (@Field is null or w.field_id = @Field) and (@Status is null or w.status = @Status)
          and (w.entity_type, w.entity_id, w.field_id) < (@AtEntity, @AtCard, @AtField)
        order by w.entity_type desc, w.entity_id desc, w.field_id desc
        """;

    /// <param name="account">The account.</param>
    /// <param name="run">Its run.</param>
    /// <param name="filter">Which changes.</param>
    /// <param name="cursor">As <see cref="Paged{T}.Next"/> gave it; null for the first part.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Paged<FieldChange>> ListAsync(
        AccountId account, long run, ChangeFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<ChangeRow>(new CommandDefinition(
            $"{Selection} limit {limit + 1}", Parameters(account, run, filter, PageSize.Numbers(cursor, 3)), cancellationToken: cancellationToken))).AsList();
        var part = PageSize.Page(rows, limit, row => string.Create(CultureInfo.InvariantCulture, $"{row.Entity}-{row.EntityId}-{row.FieldId}"));
        return part.Select(row => row.Read());
    }

    /// <summary>All of them, as they come from the database.</summary>
    public async IAsyncEnumerable<FieldChange> ReadAllAsync(
        AccountId account, long run, ChangeFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await foreach (var row in connection.QueryUnbufferedAsync<ChangeRow>(Selection, Parameters(account, run, filter, null)).WithCancellation(cancellationToken))
        {
            yield return row.Read();
        }
    }

    /// <summary>How many fields have which fate, the most frequent first.</summary>
    public async Task<IReadOnlyList<ChangeGroup>> SummaryAsync(AccountId account, long run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int Entity, long Field, string? Name, string Status, string? Error, long Fields)>(new CommandDefinition(
            """
            select g.entity_type::int, g.field_id, f.name, g.status, g.error, g.fields
            from (
                select account_id, entity_type, field_id, status, error, count(*) as fields
                from field_writes
                where account_id = @Account and run_id = @run
                group by account_id, entity_type, field_id, status, error) g
            left join custom_fields f on f.account_id = g.account_id and f.entity_type = g.entity_type and f.field_id = g.field_id
            order by g.fields desc, g.entity_type desc, g.field_id, g.status, g.error
            limit 500
            """,
            new { Account = account.Value, run },
            commandTimeout: 60,
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new ChangeGroup(
            CardKind.Of(row.Entity), row.Field, row.Name, row.Status, ChangeReason.Of(row.Error), row.Error, row.Fields))];
    }

    private static DynamicParameters Parameters(AccountId account, long run, ChangeFilter filter, long[]? at)
    {
        var parameters = new DynamicParameters();
        parameters.Add("Account", account.Value);
        parameters.Add("Run", run);
        parameters.Add("Entity", filter.Entity is { } entity ? (short)entity : null, System.Data.DbType.Int16);
        parameters.Add("Field", filter.Field, System.Data.DbType.Int64);
        parameters.Add("Status", filter.Status, System.Data.DbType.String);
        parameters.Add("AtEntity", (short)Math.Min(at?[0] ?? short.MaxValue, short.MaxValue), System.Data.DbType.Int16);
        parameters.Add("AtCard", at?[1] ?? long.MaxValue);
        parameters.Add("AtField", at?[2] ?? long.MaxValue);
        return parameters;
    }

    private sealed class ChangeRow
    {
        public required int Entity { get; init; }

        public required long EntityId { get; init; }

        public string? CardName { get; init; }

        public required long FieldId { get; init; }

        public string? FieldName { get; init; }

        public string? FieldType { get; init; }

        public string? Before { get; init; }

        public string? After { get; init; }

        public required string Status { get; init; }

        public string? Error { get; init; }

        public FieldChange Read() => new(
            CardKind.Of(Entity), EntityId, CardName, FieldId, FieldName, FieldType, Before, After, Status, ChangeReason.Of(Error), Error);
    }
}
