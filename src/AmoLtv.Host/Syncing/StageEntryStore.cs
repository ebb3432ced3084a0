using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>First entries of leads into stages, and how far the events of each counted stage were read.</summary>
internal sealed class StageEntryStore(NpgsqlDataSource database)
{
    /// <summary>Keeps the earliest entry of each lead into each stage.</summary>
    /// <returns>Entries added or moved earlier.</returns>
    public async Task<int> SaveAsync(RunContext run, IReadOnlyList<StageChange> changes, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        var saved = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            with saved as (
            insert into stage_entries (account_id, lead_id, pipeline_id, status_id, entered_at)
            select @Account, lead_id, pipeline_id, status_id, min(entered_at)
            from unnest(@Leads, @Pipelines, @Statuses, @Times) as change (lead_id, pipeline_id, status_id, entered_at)
            group by lead_id, pipeline_id, status_id
            on conflict (account_id, lead_id, pipeline_id, status_id) do update
            set entered_at = excluded.entered_at
            where excluded.entered_at < stage_entries.entered_at
            returning lead_id
            ), touched as (
                update leads set changed_run = @Run
                where account_id = @Account and lead_id in (select lead_id from saved) and changed_run <> @Run
            )
            select count(*)::int from saved
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                Leads = changes.Select(change => change.Lead.Value).ToArray(),
                Pipelines = changes.Select(change => change.Pipeline.Value).ToArray(),
                Statuses = changes.Select(change => change.Status.Value).ToArray(),
                Times = changes.Select(change => change.EnteredAt.UtcDateTime).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>Stages whose events were read to the end, and up to when. A reading that stopped halfway leaves no mark here, whatever it stored.</summary>
    public async Task<IReadOnlyDictionary<StageKey, DateTimeOffset>> ReadUntilAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Pipeline, long Status, DateTime Until)>(new CommandDefinition(
            "select pipeline_id, status_id, read_until from stage_event_cursors where account_id = @Account",
            new { Account = account.Value }, cancellationToken: cancellationToken));
        return rows.ToDictionary(
            row => new StageKey(new PipelineId(row.Pipeline), new StatusId(row.Status)), row => new DateTimeOffset(row.Until));
    }

    /// <summary>
    /// Says after the last page that the events of these stages were read up to a moment, and forgets all other stages:
    /// one that is counted again later is read from the beginning, since nobody kept its entries in between.
    /// </summary>
    public async Task FinishAsync(RunContext run, IReadOnlySet<StageKey> stages, DateTimeOffset readUntil, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from stage_event_cursors where account_id = @Account;
            insert into stage_event_cursors (account_id, pipeline_id, status_id, read_until)
            select @Account, pipeline_id, status_id, @ReadUntil
            from unnest(@Pipelines, @Statuses) as stage (pipeline_id, status_id);
            """,
            new
            {
                Account = run.Account.Value,
                ReadUntil = readUntil.UtcDateTime,
                Pipelines = stages.Select(stage => stage.Pipeline.Value).ToArray(),
                Statuses = stages.Select(stage => stage.Status.Value).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }
}
