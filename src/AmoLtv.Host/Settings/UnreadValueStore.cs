using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Syncing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>What of an account was read from the CRM: settings changed since then may need values nobody has stored yet.</summary>
public sealed class UnreadValueStore(NpgsqlDataSource database)
{
    /// <summary>What these settings need and the last whole sync did not read; empty where all is there.</summary>
    public async Task<IReadOnlyList<UnreadValue>> FindAsync(AccountId account, AccountSettings settings, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await FindAsync(connection, account, settings, cancellationToken);
    }

    /// <inheritdoc cref="FindAsync(AccountId, AccountSettings, CancellationToken)"/>
    public async Task<IReadOnlyList<UnreadValue>> FindAsync(
        NpgsqlConnection connection, AccountId account, AccountSettings settings, CancellationToken cancellationToken)
    {
        var fields = (await connection.QueryAsync<(short Entity, long Field)>(Command(
            // A scan under way has already replaced the values of its first pages by those of its own fields.
            """
            select entity_type, field_id
            from synced_fields synced
            where account_id = @Account
              and not exists (select from sync_cursors scan
                              where scan.account_id = synced.account_id and scan.entity_type = synced.entity_type
                                and synced.field_id <> all(scan.fields))
            """, account, cancellationToken))).ToHashSet();
        var stages = (await connection.QueryAsync<(long Pipeline, long Status)>(Command(
            "select pipeline_id, status_id from stage_event_cursors where account_id = @Account", account, cancellationToken))).ToHashSet();
        return
        [
            .. from entity in Enum.GetValues<EntityType>()
               from field in settings.UsedFieldIds(entity)
               where !fields.Contains(((short)entity, field.Value))
               select new UnreadValue(entity, field, null),
            .. EventWindow.Stages(settings)
                .Where(stage => !stages.Contains((stage.Pipeline.Value, stage.Status.Value)))
                .Select(stage => new UnreadValue(EntityType.Lead, null, stage)),
        ];
    }

    private static CommandDefinition Command(string sql, AccountId account, CancellationToken cancellationToken) =>
        new(sql, new { Account = account.Value }, cancellationToken: cancellationToken);
}
