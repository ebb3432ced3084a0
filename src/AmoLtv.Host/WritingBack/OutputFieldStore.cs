using AmoLtv.AmoCrm.Fields;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>Which number goes into which custom field. An account without rows has not enabled write-back.</summary>
public sealed class OutputFieldStore(NpgsqlDataSource database, TimeProvider time)
{
    public const string Deleted = "deleted";
    public const string Retyped = "retyped";
    public const string ByAdmin = "admin";

    /// <summary>What stands in it is read first: the next whole sync switches it on.</summary>
    public const string Reading = "reading";

    /// <summary>Cards that may carry output fields; leads come last, since they show what their customers hold.</summary>
    public static IReadOnlyList<EntityType> Entities { get; } = [EntityType.Company, EntityType.Contact, EntityType.Lead];

    /// <summary>Fields that are written, by kind of card; kinds without any are missing.</summary>
    public async Task<IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>>> ListAsync(AccountId account, CancellationToken cancellationToken) =>
        (await ListAllAsync(account, cancellationToken))
            .Where(row => row.IsOn)
            .GroupBy(row => row.Entity)
            .ToDictionary(
                rows => rows.Key,
                IReadOnlyList<TargetField> (rows) => [.. rows.Select(row => new TargetField(row.Output, row.Field))]);

    /// <summary>Every field that is remembered, those that are off too, in the order in which cards and numbers are shown.</summary>
    public async Task<IReadOnlyList<OutputFieldRow>> ListAllAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ListAllAsync(connection, account, cancellationToken);
    }

    /// <inheritdoc cref="ListAllAsync(AccountId, CancellationToken)"/>
    public static async Task<IReadOnlyList<OutputFieldRow>> ListAllAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var rows = (await connection.QueryAsync<(short Entity, string Output, long Field, bool IsOurs, string? OffReason, string? Name, string? Type)>(
            new CommandDefinition(
                """
                select o.entity_type, o.output, o.field_id, o.is_ours, case when not o.is_on then coalesce(o.off_reason, 'admin') end, f.name, f.type
                from output_fields o
                left join custom_fields f on f.account_id = o.account_id and f.entity_type = o.entity_type and f.field_id = o.field_id
                where o.account_id = @Account
                """,
                new { Account = account.Value },
                cancellationToken: cancellationToken))).ToLookup(row => (EntityType)row.Entity);
        return
        [
            .. from entity in Entities
               from output in OutputFields.Of(entity)
               from row in rows[entity]
               where row.Output == output.Output
               select new OutputFieldRow(entity, output, new FieldId(row.Field), row.IsOurs, row.OffReason, row.Name, row.Type),
        ];
    }

    /// <summary>Texts and names are in the language the admin chose, else in the brand's: English for Kommo, Russian for amoCRM.</summary>
    public async Task<bool> IsEnglishAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await IsEnglishAsync(connection, account, cancellationToken);
    }

    /// <inheritdoc cref="IsEnglishAsync(AccountId, CancellationToken)"/>
    public static Task<bool> IsEnglishAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select coalesce(l.language = 'en', a.brand = 'kommo')
            from accounts a
            left join account_languages l on l.account_id = a.account_id
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));

    /// <summary>Fields that are remembered and whose values every card of the account is stored with.</summary>
    public async Task<IReadOnlySet<(EntityType Entity, FieldId Field)>> ListReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(short Entity, long Field)>(new CommandDefinition(
            """
            select o.entity_type, o.field_id
            from output_fields o
            join synced_fields s on s.account_id = o.account_id and s.entity_type = o.entity_type and s.field_id = o.field_id
            where o.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return rows.Select(row => ((EntityType)row.Entity, new FieldId(row.Field))).ToHashSet();
    }

    /// <summary>
    /// Remembers fields; what was known of them as conflicts is forgotten. Runs write into those that are read; the others stay off, and a
    /// whole sync that knows of them is asked for, which switches them on.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="choices">Fields that were found or made.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task SaveAsync(AccountId account, IReadOnlyCollection<FieldChoice> choices, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update sync_states set is_whole_asked = true, whole_from = least(whole_from, @Now)
            where account_id = @Account and not (true = all (@Read));
            insert into output_fields (account_id, entity_type, output, code, field_id, is_ours, is_on, off_reason, off_at)
            select @Account, entity_type, output, code, field_id, is_ours, is_read, case when not is_read then @Reason end, case when not is_read then @Now::timestamptz end
            from unnest(@Entities, @Outputs, @Codes, @Fields, @Ours, @Read) as choice (entity_type, output, code, field_id, is_ours, is_read)
            on conflict (account_id, entity_type, output) do update
            set code = excluded.code, field_id = excluded.field_id, is_ours = excluded.is_ours, is_on = excluded.is_on,
                off_reason = excluded.off_reason, off_at = excluded.off_at;
            insert into custom_fields (account_id, entity_type, field_id, name, code, type)
            select @Account, * from unnest(@Entities, @Fields, @Names, @FieldCodes, @Types)
            on conflict (account_id, entity_type, field_id) do update set name = excluded.name, code = excluded.code, type = excluded.type;
            delete from field_conflicts where account_id = @Account
              and (entity_type, field_id) in (select * from unnest(@Entities, @Fields));
            """,
            new
            {
                Account = account.Value,
                Reason = Reading,
                Now = time.GetUtcNow(),
                Entities = choices.Select(choice => (short)choice.Entity).ToArray(),
                Outputs = choices.Select(choice => choice.Output.Output).ToArray(),
                Codes = choices.Select(choice => choice.Output.Code).ToArray(),
                Fields = choices.Select(choice => choice.Found!.Id.Value).ToArray(),
                Names = choices.Select(choice => choice.Found!.Name).ToArray(),
                FieldCodes = choices.Select(choice => choice.Found!.Code).ToArray(),
                Types = choices.Select(choice => choice.Found!.Type).ToArray(),
                Ours = choices.Select(choice => IsOurs(choice.Output, choice.Found!)).ToArray(),
                Read = choices.Select(choice => choice.IsRead).ToArray(),
            },
            cancellationToken: cancellationToken));
    }

    /// <summary>Nothing is written into these fields until the admin enables them again; the fields and what they hold stay.</summary>
    /// <param name="account">The account.</param>
    /// <param name="fields">Kind of card and name of the number.</param>
    /// <param name="reason">One of <see cref="Deleted"/>, <see cref="Retyped"/>, <see cref="ByAdmin"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task SwitchOffAsync(
        AccountId account, IReadOnlyCollection<(EntityType Entity, string Output)> fields, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update output_fields o set is_on = false, off_reason = @reason, off_at = @Now
            from unnest(@Entities, @Outputs) as off (entity_type, output)
            where o.account_id = @Account and o.entity_type = off.entity_type and o.output = off.output
              and (o.is_on or o.off_reason = @Reading)
            """,
            new
            {
                Account = account.Value,
                reason,
                Reading,
                Now = time.GetUtcNow(),
                Entities = fields.Select(field => (short)field.Entity).ToArray(),
                Outputs = fields.Select(field => field.Output).ToArray(),
            },
            cancellationToken: cancellationToken));
    }

    private static bool IsOurs(OutputField output, CrmCustomField found) => string.Equals(found.Code, output.Code, StringComparison.OrdinalIgnoreCase);
}
