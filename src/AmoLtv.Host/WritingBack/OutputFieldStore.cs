using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>Which number goes into which custom field. An account without rows has not enabled write-back.</summary>
public sealed class OutputFieldStore(NpgsqlDataSource database)
{
    /// <summary>Cards that carry output fields.</summary>
    public static IReadOnlyList<EntityType> Entities { get; } = [EntityType.Company, EntityType.Contact];

    /// <summary>Fields by kind of card; kinds without any are missing.</summary>
    public async Task<IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>>> ListAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(short Entity, string Output, long Field)>(new CommandDefinition(
            "select entity_type, output, field_id from output_fields where account_id = @Account",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return rows
            .GroupBy(row => (EntityType)row.Entity)
            .ToDictionary(
                rowsOfEntity => rowsOfEntity.Key,
                IReadOnlyList<TargetField> (rowsOfEntity) =>
                    [.. OutputFields.All.Join(rowsOfEntity, field => field.Output, row => row.Output, (field, row) => new TargetField(field, new FieldId(row.Field)))]);
    }

    /// <summary>Fields, by kind of card and number, that the CRM no longer lists: somebody deleted them since write-back was enabled.</summary>
    public async Task<IReadOnlySet<(EntityType Entity, FieldId Field)>> ListGoneAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(short Entity, long Field)>(new CommandDefinition(
            """
            select entity_type, field_id
            from output_fields
            where account_id = @Account
              and (entity_type, field_id) not in (select entity_type, field_id from custom_fields where account_id = @Account)
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return rows.Select(row => ((EntityType)row.Entity, new FieldId(row.Field))).ToHashSet();
    }

    /// <summary>Accounts of Kommo have English names and texts, accounts of amoCRM Russian ones.</summary>
    public async Task<bool> IsEnglishAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select brand = 'kommo' from accounts where account_id = @Account", new { Account = account.Value }, cancellationToken: cancellationToken));
    }

    public async Task SaveAsync(AccountId account, IReadOnlyCollection<FieldChoice> choices, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into output_fields (account_id, entity_type, output, code, field_id, is_ours)
            select @Account, entity_type, output, code, field_id, is_ours
            from unnest(@Entities, @Outputs, @Codes, @Fields, @Ours) as choice (entity_type, output, code, field_id, is_ours)
            on conflict (account_id, entity_type, output) do update
            set code = excluded.code, field_id = excluded.field_id, is_ours = excluded.is_ours;
            insert into custom_fields (account_id, entity_type, field_id, name, code, type)
            select @Account, * from unnest(@Entities, @Fields, @Names, @FieldCodes, @Types)
            on conflict (account_id, entity_type, field_id) do nothing;
            """,
            new
            {
                Account = account.Value,
                Entities = choices.Select(choice => (short)choice.Entity).ToArray(),
                Outputs = choices.Select(choice => choice.Output.Output).ToArray(),
                Codes = choices.Select(choice => choice.Output.Code).ToArray(),
                Fields = choices.Select(choice => choice.Found!.Id.Value).ToArray(),
                Names = choices.Select(choice => choice.Found!.Name).ToArray(),
                FieldCodes = choices.Select(choice => choice.Found!.Code).ToArray(),
                Types = choices.Select(choice => choice.Found!.Type).ToArray(),
                Ours = choices.Select(choice => choice.Found!.IsApiOnly).ToArray(),
            },
            cancellationToken: cancellationToken));
    }
}
