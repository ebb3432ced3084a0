using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>SQL of fields of single cards that something else writes too.</summary>
public sealed class ConflictStore(NpgsqlDataSource database, FieldWriteStore writes, TimeProvider time)
{
    /// <summary>Leaves alone what is known as a lasting conflict: those fields are skipped in the plan.</summary>
    public Task SkipStoppedAsync(RunContext run, CancellationToken cancellationToken) => writes.InFenceAsync(
        run,
        """
        update field_writes w set status = 'skipped', error = @Reason
        from field_conflicts c
        where w.account_id = @Account and w.run_id = @Run and w.status in ('planned', 'previewed')
          and c.account_id = w.account_id and c.entity_type = w.entity_type and c.entity_id = w.entity_id and c.field_id = w.field_id
          and c.stopped_at is not null
        """,
        new { Account = run.Account.Value, Run = run.Run.Value, Reason = Stopped },
        cancellationToken);

    /// <summary>Planned fields that hold something else though what is wanted was already written there.</summary>
    public async Task<IReadOnlyList<FieldConflict>> ListAsync(RunContext run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<FieldConflict>(new CommandDefinition(
            """
            select w.entity_type::int as EntityType, w.entity_id as EntityId, w.field_id as FieldId, w.after as Ours, w.before as Theirs,
                   coalesce(c.seen, 0) as Seen
            from field_writes w
            cross join lateral (
                select after
                from field_writes last
                where last.account_id = w.account_id and last.entity_type = w.entity_type and last.entity_id = w.entity_id
                  and last.field_id = w.field_id and last.run_id < @Run and last.status = 'confirmed'
                order by last.run_id desc
                limit 1) last
            left join field_conflicts c
                on c.account_id = w.account_id and c.entity_type = w.entity_type and c.entity_id = w.entity_id and c.field_id = w.field_id
            where w.account_id = @Account and w.run_id = @Run and w.status in ('planned', 'previewed') and last.after is not distinct from w.after
            """,
            new { Account = run.Account.Value, Run = run.Run.Value },
            commandTimeout: 300,
            cancellationToken: cancellationToken));
        return rows.AsList();
    }

    /// <summary>Takes out of the plan what is not written.</summary>
    public Task SkipAsync(RunContext run, IReadOnlyList<(FieldConflict Conflict, ConflictVerdict Verdict)> judged, CancellationToken cancellationToken) =>
        writes.InFenceAsync(
            run,
            """
            update field_writes w set status = 'skipped', error = case judged.verdict when 1 then @Rounded else @Stopped end
            from unnest(@Entities, @Ids, @Fields, @Verdicts) as judged (entity_type, entity_id, field_id, verdict)
            where w.account_id = @Account and w.run_id = @Run and w.status in ('planned', 'previewed') and judged.verdict <> 2
              and w.entity_type = judged.entity_type and w.entity_id = judged.entity_id and w.field_id = judged.field_id
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                Rounded = "The CRM keeps fewer decimals: it holds what it can.",
                Stopped,
                Entities = judged.Select(one => (short)one.Conflict.EntityType).ToArray(),
                Ids = judged.Select(one => one.Conflict.EntityId).ToArray(),
                Fields = judged.Select(one => one.Conflict.FieldId).ToArray(),
                Verdicts = judged.Select(one => (int)one.Verdict).ToArray(),
            },
            cancellationToken);

    /// <summary>Counts conflicts; those that a whole scan has not found again are forgotten.</summary>
    public Task SaveAsync(RunContext run, IReadOnlyList<(FieldConflict Conflict, ConflictVerdict Verdict)> judged, CancellationToken cancellationToken) =>
        writes.InFenceAsync(
            run,
            """
            delete from field_conflicts c
            using sync_states s
            where c.account_id = @Account and c.stopped_at is null and s.account_id = c.account_id and s.whole_at > c.seen_at;

            insert into field_conflicts (account_id, entity_type, entity_id, field_id, seen, ours, theirs, seen_at, stopped_at)
            select @Account, entity_type, entity_id, field_id, seen + 1, ours, theirs, @Now, case when verdict = 3 then @Now end
            from unnest(@Entities, @Ids, @Fields, @Verdicts, @Seen, @Ours, @Theirs)
                as judged (entity_type, entity_id, field_id, verdict, seen, ours, theirs)
            where verdict <> 1
            on conflict (account_id, entity_type, entity_id, field_id) do update
            set seen = excluded.seen, ours = excluded.ours, theirs = excluded.theirs, seen_at = excluded.seen_at, stopped_at = excluded.stopped_at;
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                Now = time.GetUtcNow(),
                Entities = judged.Select(one => (short)one.Conflict.EntityType).ToArray(),
                Ids = judged.Select(one => one.Conflict.EntityId).ToArray(),
                Fields = judged.Select(one => one.Conflict.FieldId).ToArray(),
                Verdicts = judged.Select(one => (int)one.Verdict).ToArray(),
                Seen = judged.Select(one => one.Conflict.Seen).ToArray(),
                Ours = judged.Select(one => one.Conflict.Ours).ToArray(),
                Theirs = judged.Select(one => one.Conflict.Theirs).ToArray(),
            },
            cancellationToken);

    /// <summary>The time of calculation is written with another field alone: where all others were taken out, it goes too.</summary>
    /// <returns>How many fields the plan still has.</returns>
    public async Task<long> TrimAsync(RunContext run, IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields, CancellationToken cancellationToken)
    {
        var companions = fields
            .SelectMany(entity => entity.Value.Where(field => field.Output.IsCompanion).Select(field => (Entity: (short)entity.Key, Field: field.Field.Value)))
            .ToList();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            """
            with alone as materialized (
                select planned.entity_type, planned.entity_id
                from field_writes planned
                left join unnest(@Entities, @Fields) as companion (entity_type, field_id) using (entity_type, field_id)
                where planned.account_id = @Account and planned.run_id = @Run and planned.status in ('planned', 'previewed')
                group by planned.entity_type, planned.entity_id
                having bool_and(companion.field_id is not null))
            delete from field_writes w
            using alone
            where w.account_id = @Account and w.run_id = @Run and w.status in ('planned', 'previewed')
              and w.entity_type = alone.entity_type and w.entity_id = alone.entity_id;

            select count(*) from field_writes where account_id = @Account and run_id = @Run and status in ('planned', 'previewed');
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                Entities = companions.Select(companion => companion.Entity).ToArray(),
                Fields = companions.Select(companion => companion.Field).ToArray(),
            },
            commandTimeout: 300,
            cancellationToken: cancellationToken));
    }

    /// <summary>Fields of cards that are left alone.</summary>
    public async Task<IReadOnlySet<(EntityType Entity, long Id, FieldId Field)>> ListStoppedAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(short Entity, long Id, long Field)>(new CommandDefinition(
            "select entity_type, entity_id, field_id from field_conflicts where account_id = @Account and stopped_at is not null",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return rows.Select(row => ((EntityType)row.Entity, row.Id, new FieldId(row.Field))).ToHashSet();
    }

    private const string Stopped = "Something else writes this field of the card too: it is left alone until the fields are enabled again.";
}
