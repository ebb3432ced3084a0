using AmoLtv.AmoCrm.Accounts;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>The account and its short lists: what the CRM no longer lists is removed, what differs is updated.</summary>
internal sealed class AccountListsStore(NpgsqlDataSource database)
{
    /// <summary>Stores all lists in one transaction.</summary>
    /// <param name="timeZone">Null keeps the stored one.</param>
    public async Task SaveAsync(RunContext run, AccountLists lists, string? timeZone, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await SaveAccountAsync(connection, transaction, run.Account, lists, timeZone, cancellationToken);
        await SavePipelinesAsync(connection, transaction, run.Account, lists.Pipelines, cancellationToken);
        await SaveStagesAsync(connection, transaction, run.Account, lists.Pipelines, cancellationToken);
        await SaveUsersAsync(connection, transaction, run.Account, lists.Users, cancellationToken);
        await SaveLossReasonsAsync(connection, transaction, run.Account, lists.LossReasons, cancellationToken);
        await SaveFieldsAsync(connection, transaction, run.Account, lists, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Our own fields in the CRM, whose values the sync keeps so that a write-back can compare.</summary>
    public async Task<IReadOnlyList<(EntityType Entity, FieldId Field)>> ListOutputFieldsAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(short Entity, long Field)>(new CommandDefinition(
            "select entity_type, field_id from output_fields where account_id = @Account",
            new { Account = account.Value }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => ((EntityType)row.Entity, new FieldId(row.Field)))];
    }

    private static Task<int> ExecuteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));

    private static Task<int> SaveAccountAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId id, AccountLists lists, string? timeZone, CancellationToken cancellationToken) =>
        ExecuteAsync(
            connection, transaction,
            // The currency results are in changes only when the admin confirms it.
            """
            update accounts
            set name = @Name, currency = @Currency, currency_symbol = @CurrencySymbol, time_zone = coalesce(@TimeZone, time_zone),
                is_filter_enabled = @IsFilterEnabled, listed_at = @AskedAt, confirmed_currency = coalesce(nullif(confirmed_currency, ''), @Currency)
            where account_id = @Id
            """,
            new
            {
                Id = id.Value,
                lists.Account.Name,
                lists.Account.Currency,
                lists.Account.CurrencySymbol,
                TimeZone = timeZone,
                lists.Account.IsFilterEnabled,
                lists.AskedAt,
            },
            cancellationToken);

    private static Task<int> SavePipelinesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, IReadOnlyList<CrmPipeline> pipelines, CancellationToken cancellationToken) =>
        ExecuteAsync(
            connection, transaction,
            """
            delete from pipelines where account_id = @Account and pipeline_id <> all(@Ids);
            insert into pipelines (account_id, pipeline_id, name, sort, is_main, is_archive)
            select @Account, * from unnest(@Ids, @Names, @Sorts, @AreMain, @AreArchive)
            on conflict (account_id, pipeline_id) do update
            set name = excluded.name, sort = excluded.sort, is_main = excluded.is_main, is_archive = excluded.is_archive;
            """,
            new
            {
                Account = account.Value,
                Ids = pipelines.Select(pipeline => pipeline.Id.Value).ToArray(),
                Names = pipelines.Select(pipeline => pipeline.Name).ToArray(),
                Sorts = pipelines.Select(pipeline => pipeline.Sort).ToArray(),
                AreMain = pipelines.Select(pipeline => pipeline.IsMain).ToArray(),
                AreArchive = pipelines.Select(pipeline => pipeline.IsArchive).ToArray(),
            },
            cancellationToken);

    private static Task<int> SaveStagesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, IReadOnlyList<CrmPipeline> pipelines, CancellationToken cancellationToken)
    {
        var stages = pipelines.SelectMany(pipeline => pipeline.Stages, (pipeline, stage) => (Pipeline: pipeline.Id.Value, Stage: stage)).ToList();
        return ExecuteAsync(
            connection, transaction,
            """
            delete from stages s
            where account_id = @Account
              and not exists (select from unnest(@Pipelines, @Ids) as kept (pipeline_id, status_id)
                              where kept.pipeline_id = s.pipeline_id and kept.status_id = s.status_id);
            insert into stages (account_id, pipeline_id, status_id, name, sort, kind)
            select @Account, * from unnest(@Pipelines, @Ids, @Names, @Sorts, @Kinds)
            on conflict (account_id, pipeline_id, status_id) do update
            set name = excluded.name, sort = excluded.sort, kind = excluded.kind;
            """,
            new
            {
                Account = account.Value,
                Pipelines = stages.Select(stage => stage.Pipeline).ToArray(),
                Ids = stages.Select(stage => stage.Stage.Id.Value).ToArray(),
                Names = stages.Select(stage => stage.Stage.Name).ToArray(),
                Sorts = stages.Select(stage => stage.Stage.Sort).ToArray(),
                Kinds = stages.Select(stage => stage.Stage.Kind).ToArray(),
            },
            cancellationToken);
    }

    private static Task<int> SaveUsersAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, IReadOnlyList<CrmUser> users, CancellationToken cancellationToken) =>
        ExecuteAsync(
            connection, transaction,
            """
            delete from users where account_id = @Account and user_id <> all(@Ids);
            insert into users (account_id, user_id, is_admin, is_active)
            select @Account, * from unnest(@Ids, @AreAdmin, @AreActive)
            on conflict (account_id, user_id) do update set is_admin = excluded.is_admin, is_active = excluded.is_active;
            """,
            new
            {
                Account = account.Value,
                Ids = users.Select(user => user.Id.Value).ToArray(),
                AreAdmin = users.Select(user => user.IsAdmin).ToArray(),
                AreActive = users.Select(user => user.IsActive).ToArray(),
            },
            cancellationToken);

    private static Task<int> SaveLossReasonsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, IReadOnlyList<CrmLossReason> reasons, CancellationToken cancellationToken) =>
        ExecuteAsync(
            connection, transaction,
            // Reasons that were removed keep their names: old lost leads still carry their numbers.
            """
            insert into loss_reasons (account_id, loss_reason_id, name)
            select @Account, * from unnest(@Ids, @Names)
            on conflict (account_id, loss_reason_id) do update set name = excluded.name
            """,
            new
            {
                Account = account.Value,
                Ids = reasons.Select(reason => reason.Id).ToArray(),
                Names = reasons.Select(reason => reason.Name).ToArray(),
            },
            cancellationToken);

    private static Task<int> SaveFieldsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, AccountLists lists, CancellationToken cancellationToken)
    {
        var fields = lists.Fields.SelectMany(entity => entity.Value, (entity, field) => (Entity: (short)entity.Key, Field: field)).ToList();
        return ExecuteAsync(
            connection, transaction,
            """
            delete from custom_fields f
            where account_id = @Account
              and not exists (select from unnest(@Entities, @Ids) as kept (entity_type, field_id)
                              where kept.entity_type = f.entity_type and kept.field_id = f.field_id);
            insert into custom_fields (account_id, entity_type, field_id, name, code, type)
            select @Account, * from unnest(@Entities, @Ids, @Names, @Codes, @Types)
            on conflict (account_id, entity_type, field_id) do update
            set name = excluded.name, code = excluded.code, type = excluded.type;
            """,
            new
            {
                Account = account.Value,
                Entities = fields.Select(field => field.Entity).ToArray(),
                Ids = fields.Select(field => field.Field.Id.Value).ToArray(),
                Names = fields.Select(field => field.Field.Name).ToArray(),
                Codes = fields.Select(field => field.Field.Code).ToArray(),
                Types = fields.Select(field => field.Field.Type).ToArray(),
            },
            cancellationToken);
    }
}
