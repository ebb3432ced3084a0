using System.Text.Json;
using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>Saves what the CRM holds of our fields, read afresh outside a sync.</summary>
public sealed class HeldFieldStore(NpgsqlDataSource database)
{
    /// <param name="account">The account.</param>
    /// <param name="entity">Company or contact.</param>
    /// <param name="cards">Values of the read fields by card; a field that is missing is empty.</param>
    /// <param name="read">The fields that were read; others stay as they are.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task SaveAsync(
        AccountId account,
        EntityType entity,
        IReadOnlyCollection<HeldCard> cards,
        IReadOnlySet<FieldId> read,
        CancellationToken cancellationToken)
    {
        var (table, key) = FieldWriteStore.Table(entity);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            update {table} e set fields = (e.fields - @Read) || card.fields::jsonb
            from unnest(@Ids, @Fields) as card (id, fields)
            where e.account_id = @Account and e.{key} = card.id
              and e.fields is distinct from (e.fields - @Read) || card.fields::jsonb
            """,
            new
            {
                Account = account.Value,
                Ids = cards.Select(card => card.Id).ToArray(),
                Fields = cards.Select(card => JsonSerializer.Serialize(
                    card.Fields.ToDictionary(field => field.Key.ToString(), field => field.Value))).ToArray(),
                Read = read.Select(field => field.ToString()).ToArray(),
            },
            cancellationToken: cancellationToken));
    }
}
