using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.CommandLine;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>What of an account was read from the CRM: settings changed since then may need values nobody has stored yet.</summary>
public sealed class ReadValuesStore(NpgsqlDataSource database)
{
    /// <summary>Holds a valuation back that would take values not read yet for empty ones.</summary>
    /// <exception cref="CommandFailedException">The settings need custom fields or stages that the last whole sync did not read.</exception>
    public async Task RequireAsync(AccountId account, AccountSettings settings, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
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
        var missing = Enum.GetValues<EntityType>()
            .SelectMany(entity => settings.UsedFieldIds(entity)
                .Where(field => !fields.Contains(((short)entity, field.Value)))
                .Select(field => $"the custom field {field} of {Words(entity)}"))
            .Concat(EventWindow.Stages(settings)
                .Where(stage => !stages.Contains((stage.Pipeline.Value, stage.Status.Value)))
                .Select(stage => $"the changes of leads into stage {stage}"))
            .ToList();
        if (missing.Count > 0)
        {
            throw new CommandFailedException(
                $"The settings of account {account} need values that were not read yet ({string.Join(", ", missing)}): "
                + $"run amoltv sync --account {account} first. The results stay as they were.");
        }
    }

    private static string Words(EntityType entity) => entity switch
    {
        EntityType.Lead => "leads",
        EntityType.Company => "companies",
        _ => "contacts",
    };

    private static CommandDefinition Command(string sql, AccountId account, CancellationToken cancellationToken) =>
        new(sql, new { Account = account.Value }, cancellationToken: cancellationToken);
}
