using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>SQL of taking back what a run wrote.</summary>
public sealed class UndoStore(NpgsqlDataSource database, FieldWriteStore writes)
{
    /// <returns>The account a run belongs to, null where there is no such run.</returns>
    public async Task<AccountId?> FindOwnerAsync(RunId run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var account = await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            "select account_id from runs where run_id = @Run", new { Run = run.Value }, cancellationToken: cancellationToken));
        return account is { } id ? new AccountId(id) : null;
    }

    /// <summary>Remembers whose writes the run takes back, and forgets what an interrupted run planned and never sent.</summary>
    public Task BeginAsync(RunContext run, RunId undone, CancellationToken cancellationToken) => writes.InFenceAsync(
        run,
        """
        insert into undos (account_id, run_id, undone_run_id) values (@Account, @Run, @Undone) on conflict (account_id, run_id) do nothing;
        delete from field_writes where account_id = @Account and status = 'planned' and sent_at is null;
        """,
        new { Account = run.Account.Value, Run = run.Run.Value, Undone = undone.Value },
        cancellationToken);

    /// <summary>Cards that a run wrote, by kind.</summary>
    public async Task<IReadOnlyDictionary<EntityType, long>> CountCardsAsync(AccountId account, RunId undone, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(short Entity, long Cards)>(new CommandDefinition(
            """
            select entity_type, count(distinct entity_id)
            from field_writes
            where account_id = @Account and run_id = @Undone and status = 'confirmed'
            group by entity_type
            """,
            new { Account = account.Value, Undone = undone.Value },
            cancellationToken: cancellationToken));
        return rows.ToDictionary(row => (EntityType)row.Entity, row => row.Cards);
    }

    /// <summary>Cards of one kind that are known to the service.</summary>
    public async Task<long> CountKnownAsync(AccountId account, EntityType entity, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            $"select count(*) from {FieldWriteStore.Table(entity).Table} where account_id = @Account and not is_deleted",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
    }

    /// <summary>Ids of cards the undone run wrote and this one has not planned yet, in ascending order after <paramref name="afterId"/>.</summary>
    public async Task<long[]> ListUnplannedAsync(
        RunContext run, RunId undone, EntityType entity, long afterId, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<long>(new CommandDefinition(
            """
            select distinct w.entity_id from field_writes w
            where w.account_id = @Account and w.run_id = @Undone and w.entity_type = @Entity and w.status = 'confirmed' and w.entity_id > @afterId
              and not exists (
                select from field_writes own
                where own.account_id = w.account_id and own.run_id = @Run and own.entity_type = w.entity_type and own.entity_id = w.entity_id)
            order by w.entity_id
            limit @limit
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, Undone = undone.Value, Entity = (short)entity, afterId, limit },
            cancellationToken: cancellationToken))];
    }

    public async Task<IReadOnlyList<UndoneWrite>> ListWritesAsync(
        AccountId account, RunId undone, EntityType entity, long[] cards, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<UndoneWrite>(new CommandDefinition(
            """
            select entity_id as EntityId, field_id as FieldId, before as Before, after as After
            from field_writes
            where account_id = @Account and run_id = @Undone and entity_type = @Entity and entity_id = any(@cards) and status = 'confirmed'
            """,
            new { Account = account.Value, Undone = undone.Value, Entity = (short)entity, cards },
            cancellationToken: cancellationToken));
        return rows.AsList();
    }

    /// <summary>Kinds of the fields a run wrote, as the CRM lists them now; a field that is gone is missing.</summary>
    public async Task<IReadOnlyDictionary<EntityType, IReadOnlyDictionary<long, OutputType>>> ListTypesAsync(
        AccountId account, RunId undone, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(short Entity, long Field, string Type)>(new CommandDefinition(
            """
            select f.entity_type, f.field_id, f.type
            from custom_fields f
            where f.account_id = @Account
              and (f.entity_type, f.field_id) in (
                select entity_type, field_id from field_writes where account_id = @Account and run_id = @Undone and status = 'confirmed')
            """,
            new { Account = account.Value, Undone = undone.Value },
            cancellationToken: cancellationToken));
        return rows.GroupBy(row => (EntityType)row.Entity).ToDictionary(
            rowsOfEntity => rowsOfEntity.Key,
            IReadOnlyDictionary<long, OutputType> (rowsOfEntity) => rowsOfEntity.ToDictionary(row => row.Field, row => FieldFit.Held(row.Type)));
    }

    /// <summary>Adds to the plan of an undo; a row with a reason is left alone.</summary>
    public Task PlanAsync(
        RunContext run, EntityType entity, IReadOnlyList<(PlannedWrite Write, string? Reason)> rows, CancellationToken cancellationToken) =>
        rows.Count == 0
            ? Task.CompletedTask
            : writes.InFenceAsync(
                run,
                """
                insert into field_writes (account_id, run_id, entity_type, entity_id, field_id, before, after, status, error)
                select @Account, @Run, @Entity, id, field, before, after, case when reason is null then 'planned' else 'skipped' end, reason
                from unnest(@Ids, @Fields, @Befores, @Afters, @Reasons) as row (id, field, before, after, reason)
                on conflict do nothing
                """,
                new
                {
                    Account = run.Account.Value,
                    Run = run.Run.Value,
                    Entity = (short)entity,
                    Ids = rows.Select(row => row.Write.EntityId).ToArray(),
                    Fields = rows.Select(row => row.Write.FieldId).ToArray(),
                    Befores = rows.Select(row => row.Write.Before).ToArray(),
                    Afters = rows.Select(row => row.Write.After).ToArray(),
                    Reasons = rows.Select(row => row.Reason).ToArray(),
                },
                cancellationToken);

    /// <summary>Cards the CRM no longer has: what the run wrote there went with them.</summary>
    public Task SkipMissingAsync(RunContext run, RunId undone, string reason, CancellationToken cancellationToken) => writes.InFenceAsync(
        run,
        """
        insert into field_writes (account_id, run_id, entity_type, entity_id, field_id, before, after, status, error)
        select w.account_id, @Run, w.entity_type, w.entity_id, w.field_id, null, w.before, 'skipped', @reason
        from field_writes w
        where w.account_id = @Account and w.run_id = @Undone and w.status = 'confirmed'
        on conflict do nothing
        """,
        new { Account = run.Account.Value, Run = run.Run.Value, Undone = undone.Value, reason },
        cancellationToken);
}
