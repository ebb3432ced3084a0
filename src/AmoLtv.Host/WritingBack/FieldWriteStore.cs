using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.WritingBack;

/// <summary>SQL of the writes of a run: planned as a set, sent in batches, confirmed or failed one by one.</summary>
public sealed class FieldWriteStore(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>A plan of fewer fields is handled quickly, whatever the server takes it for.</summary>
    private const int PlannedUnseen = 1000;

    /// <summary>Plans the run in one fenced transaction. What an interrupted run planned and never sent is forgotten, an older dry run too.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isPreview">Whether the plan is for the eye alone and never sent.</param>
    /// <param name="cards">What has to change.</param>
    /// <param name="cancellationToken">Ends the call; nothing is planned then.</param>
    /// <returns>How many fields are planned.</returns>
    public async Task<long> PlanAsync(
        RunContext run, bool isPreview, IAsyncEnumerable<(EntityType Entity, long Id, IReadOnlyList<FieldDifference> Differences)> cards, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from field_writes where account_id = @Account and ((status = 'planned' and sent_at is null) or status = 'previewed')",
            new { Account = run.Account.Value },
            transaction,
            cancellationToken: cancellationToken));
        var planned = await CopyAsync(connection, run, isPreview, cards, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (planned >= PlannedUnseen)
        {
            await LookAtPlanAsync(connection, run, cancellationToken);
        }

        return planned;
    }

    private static async Task<long> CopyAsync(
        NpgsqlConnection connection, RunContext run, bool isPreview,
        IAsyncEnumerable<(EntityType Entity, long Id, IReadOnlyList<FieldDifference> Differences)> cards, CancellationToken cancellationToken)
    {
        await using var importer = await connection.BeginBinaryImportAsync(
            "copy field_writes (account_id, run_id, entity_type, entity_id, field_id, before, after, status) from stdin (format binary)", cancellationToken);
        await foreach (var (entity, id, differences) in cards.WithCancellation(cancellationToken))
        {
            foreach (var difference in differences)
            {
                await WriteAsync(importer, run, entity, id, difference, isPreview, cancellationToken);
            }
        }

        return (long)await importer.CompleteAsync(cancellationToken);
    }

    /// <summary>Without statistics the server takes a plan for a row or two, and compares each of its rows with each when it is sifted.</summary>
    private static async Task LookAtPlanAsync(NpgsqlConnection connection, RunContext run, CancellationToken cancellationToken)
    {
        var part = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "select tableoid::regclass::text from field_writes where account_id = @Account limit 1",
            new { Account = run.Account.Value },
            cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition($"analyze {part}", commandTimeout: 300, cancellationToken: cancellationToken));
    }

    /// <summary>Planned writes of the next cards after <paramref name="afterId"/>, in ascending order of card; each card is whole.</summary>
    /// <param name="run">The run.</param>
    /// <param name="entity">The kind of card.</param>
    /// <param name="afterId">The last card of the batch before.</param>
    /// <param name="cards">Cards at most.</param>
    /// <param name="fields">Fields a card may have in the plan.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<PlannedWrite>> NextAsync(
        RunContext run, EntityType entity, long afterId, int cards, int fields, CancellationToken cancellationToken)
    {
        // Rows are limited, not cards: the server then walks along the key, which it knows to be good of a plan it has no statistics of yet.
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<PlannedWrite>(new CommandDefinition(
            """
            select entity_id as EntityId, field_id as FieldId, before as Before, after as After
            from field_writes
            where account_id = @Account and run_id = @Run and entity_type = @Entity and entity_id > @afterId and status = 'planned'
            order by entity_id, field_id
            limit @Rows
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, Entity = (short)entity, afterId, Rows = cards * fields },
            cancellationToken: cancellationToken));
        return [.. rows.GroupBy(write => write.EntityId).Take(cards).SelectMany(card => card)];
    }

    /// <summary>Marks cards as on their way, behind the fence: read again by the next run if this one dies before it knows more.</summary>
    public Task MarkSentAsync(RunContext run, EntityType entity, long[] ids, CancellationToken cancellationToken) =>
        InFenceAsync(
            run,
            """
            update field_writes set sent_at = @Now
            where account_id = @Account and run_id = @Run and entity_type = @Entity and entity_id = any(@ids) and status = 'planned'
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, Entity = (short)entity, ids, Now = time.GetUtcNow() },
            cancellationToken);

    /// <summary>Marks cards as written, and what the CRM now holds of them, in one fenced transaction.</summary>
    public Task ConfirmAsync(RunContext run, EntityType entity, long[] ids, CancellationToken cancellationToken)
    {
        var (table, key) = Table(entity);
        return InFenceAsync(
            run,
            $"""
            update {table} e set fields = jsonb_strip_nulls(e.fields || w.fields)
            from (select entity_id, jsonb_object_agg(field_id::text, after) as fields
                  from field_writes
                  where account_id = @Account and run_id = @Run and entity_type = @Entity and entity_id = any(@ids) and status = 'planned'
                  group by entity_id) w
            where e.account_id = @Account and e.{key} = w.entity_id;

            update field_writes set status = 'confirmed', written_at = @Now
            where account_id = @Account and run_id = @Run and entity_type = @Entity and entity_id = any(@ids) and status = 'planned';
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, Entity = (short)entity, ids, Now = time.GetUtcNow() },
            cancellationToken);
    }

    /// <summary>
    /// Cards that this run wrote after another took the account over: the next run reads them again. Not behind the fence, since it
    /// says that nothing is known, and no more.
    /// </summary>
    public async Task DoubtAsync(RunContext run, EntityType entity, long[] ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update field_writes set status = 'planned', error = null, written_at = null, sent_at = @Now
            where account_id = @Account and run_id = @Run and entity_type = @Entity and entity_id = any(@ids)
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, Entity = (short)entity, ids, Now = time.GetUtcNow() },
            cancellationToken: cancellationToken));
    }

    /// <summary>Cards of which what is still on its way was refused.</summary>
    public Task FailAsync(RunContext run, EntityType entity, long[] ids, string error, CancellationToken cancellationToken) =>
        InFenceAsync(
            run,
            """
            update field_writes set status = 'failed', error = @error
            where account_id = @Account and run_id = @Run and entity_type = @Entity and entity_id = any(@ids) and status = 'planned'
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, Entity = (short)entity, ids, error },
            cancellationToken);

    /// <summary>Cards that are stored and did not answer: the next reading of changes asks for them.</summary>
    public Task HaveLookedForAsync(RunContext run, EntityType entity, long[] ids, CancellationToken cancellationToken) =>
        InFenceAsync(
            run,
            """
            insert into change_marks (account_id, entity_type, entity_id, kind, received_at)
            select @Account, @Entity, doubted, @Deleted, @Now from unnest(@ids) as doubted
            """,
            new { Account = run.Account.Value, Entity = (short)entity, ids, Deleted = (short)ChangeKind.Deleted, Now = time.GetUtcNow().UtcDateTime },
            cancellationToken);

    /// <summary>A card for which the CRM ran out of time: it may have taken it all the same, so that the next run asks.</summary>
    public Task LeaveOpenAsync(RunContext run, EntityType entity, long id, string error, CancellationToken cancellationToken) =>
        InFenceAsync(
            run,
            """
            update field_writes set error = @error
            where account_id = @Account and run_id = @Run and entity_type = @Entity and entity_id = @id and status = 'planned'
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, Entity = (short)entity, id, error },
            cancellationToken);

    /// <summary>Single fields of cards that the CRM refused; the others of these cards go on.</summary>
    public Task FailFieldsAsync(RunContext run, EntityType entity, long[] ids, long[] fields, string error, CancellationToken cancellationToken) =>
        InFenceAsync(
            run,
            """
            update field_writes set status = 'failed', error = @error
            where account_id = @Account and run_id = @Run and entity_type = @Entity and entity_id = any(@ids) and field_id = any(@fields) and status = 'planned'
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, Entity = (short)entity, ids, fields, error },
            cancellationToken);

    /// <summary>Why cards of the run were not written, the reason of most cards first.</summary>
    public async Task<IReadOnlyList<(string Error, long Cards)>> ListErrorsAsync(RunContext run, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string, long)>(new CommandDefinition(
            """
            select error, count(distinct (entity_type, entity_id))
            from field_writes
            where account_id = @Account and run_id = @Run and (status = 'failed' or status = 'planned' and error is not null)
            group by error
            order by 2 desc, 1
            limit @most
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, most },
            cancellationToken: cancellationToken));
        return rows.AsList();
    }

    /// <summary>Fields an earlier run had sent when it ended: whether they arrived is not known.</summary>
    public async Task<IReadOnlyList<UnknownWrite>> ListUnknownAsync(RunContext run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<UnknownWrite>(new CommandDefinition(
            """
            select w.run_id as RunId, w.entity_type::int as EntityType, w.entity_id as EntityId, w.field_id as FieldId, f.type as CrmType, w.after as After
            from field_writes w
            left join custom_fields f on f.account_id = w.account_id and f.entity_type = w.entity_type and f.field_id = w.field_id
            where w.account_id = @Account and w.run_id < @Run and w.status = 'planned' and w.sent_at is not null
            """,
            new { Account = run.Account.Value, Run = run.Run.Value },
            cancellationToken: cancellationToken));
        return rows.AsList();
    }

    /// <summary>Settles fields that an earlier run had sent: arrived, or lost with it.</summary>
    public Task SettleAsync(RunContext run, IReadOnlyCollection<UnknownWrite> writes, bool hasArrived, CancellationToken cancellationToken) =>
        InFenceAsync(
            run,
            """
            update field_writes w
            set status = case when @hasArrived then 'confirmed' else 'failed' end,
                error = case when not @hasArrived then 'The run ended before the CRM had taken it.' end,
                written_at = case when @hasArrived then w.sent_at end
            from unnest(@Runs, @Entities, @Ids, @Fields) as unknown (run_id, entity_type, entity_id, field_id)
            where w.account_id = @Account and w.run_id = unknown.run_id and w.entity_type = unknown.entity_type
              and w.entity_id = unknown.entity_id and w.field_id = unknown.field_id
            """,
            new
            {
                Account = run.Account.Value,
                hasArrived,
                Runs = writes.Select(write => write.RunId).ToArray(),
                Entities = writes.Select(write => (short)write.EntityType).ToArray(),
                Ids = writes.Select(write => write.EntityId).ToArray(),
                Fields = writes.Select(write => write.FieldId).ToArray(),
            },
            cancellationToken);

    internal static (string Table, string Key) Table(EntityType entity) => entity switch
    {
        EntityType.Company => ("companies", "company_id"),
        EntityType.Contact => ("contacts", "contact_id"),
        _ => ("leads", "lead_id"),
    };

    internal async Task InFenceAsync(RunContext run, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter importer, RunContext run, EntityType entity, long id, FieldDifference difference, bool isPreview, CancellationToken cancellationToken)
    {
        await importer.StartRowAsync(cancellationToken);
        await importer.WriteAsync(run.Account.Value, NpgsqlDbType.Bigint, cancellationToken);
        await importer.WriteAsync(run.Run.Value, NpgsqlDbType.Bigint, cancellationToken);
        await importer.WriteAsync((short)entity, NpgsqlDbType.Smallint, cancellationToken);
        await importer.WriteAsync(id, NpgsqlDbType.Bigint, cancellationToken);
        await importer.WriteAsync(difference.Target.Field.Value, NpgsqlDbType.Bigint, cancellationToken);
        await WriteTextAsync(importer, difference.Before, cancellationToken);
        await WriteTextAsync(importer, difference.After, cancellationToken);
        await importer.WriteAsync(isPreview ? "previewed" : "planned", NpgsqlDbType.Text, cancellationToken);
    }

    private static Task WriteTextAsync(NpgsqlBinaryImporter importer, string? text, CancellationToken cancellationToken) =>
        text is null ? importer.WriteNullAsync(cancellationToken) : importer.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
}
