using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Reads values of the custom fields that the admin named as possible drivers.</summary>
internal sealed class TraitStore(NpgsqlDataSource database)
{
    private static readonly string[] NumericTypes = ["numeric", "monetary", "price"];

    /// <summary>Of these fields of a kind of card, those that hold numbers.</summary>
    public async Task<IReadOnlySet<FieldId>> NumericAsync(
        AccountId account, EntityType entity, IReadOnlyList<FieldId> fields, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var numeric = await connection.QueryAsync<long>(new CommandDefinition(
            """
            select field_id from custom_fields
            where account_id = @Account and entity_type = @Entity and field_id = any(@Fields) and type = any(@NumericTypes)
            """,
            new { Account = account.Value, Entity = (short)entity, Fields = fields.Select(field => field.Value).ToArray(), NumericTypes },
            cancellationToken: cancellationToken));
        return numeric.Select(field => new FieldId(field)).ToHashSet();
    }

    /// <summary>Values of fields of companies, field by field in the order asked; only of companies that have one.</summary>
    public Task<Dictionary<long, string>[]> CompanyValuesAsync(
        AccountId account, IReadOnlyList<FieldId> fields, CancellationToken cancellationToken) =>
        ReadAsync(
            """
            select company_id, array(select fields ->> field from unnest($2) with ordinality used (field, place) order by place)
            from companies where account_id = $1 and fields <> '{}'
            """,
            account, fields, leads: null, cancellationToken);

    /// <summary>The same of these leads.</summary>
    public Task<Dictionary<long, string>[]> LeadValuesAsync(
        AccountId account, IReadOnlyList<FieldId> fields, long[] leads, CancellationToken cancellationToken) =>
        ReadAsync(
            """
            select lead.lead_id, array(select lead.fields ->> field from unnest($2) with ordinality used (field, place) order by place)
            from unnest($3) wanted (lead_id)
            join leads lead on lead.account_id = $1 and lead.lead_id = wanted.lead_id
            where lead.fields <> '{}'
            """,
            account, fields, leads, cancellationToken);

    private async Task<Dictionary<long, string>[]> ReadAsync(
        string sql, AccountId account, IReadOnlyList<FieldId> fields, long[]? leads, CancellationToken cancellationToken)
    {
        var values = fields.Select(_ => new Dictionary<long, string>()).ToArray();
        var texts = new TextPool();
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = account.Value });
        command.Parameters.Add(new() { Value = fields.Select(field => field.ToString()).ToArray() });
        if (leads is not null)
        {
            command.Parameters.Add(new() { Value = leads });
        }

        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var id = rows.GetInt64(0);
            foreach (var (place, text) in rows.GetFieldValue<string?[]>(1).Index())
            {
                if (text is not null)
                {
                    values[place][id] = texts.Of(text);
                }
            }
        }

        return values;
    }
}
