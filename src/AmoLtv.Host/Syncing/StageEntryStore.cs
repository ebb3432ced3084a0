using AmoLtv.AmoCrm.Entities;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>First entries of leads into stages.</summary>
internal sealed class StageEntryStore(NpgsqlDataSource database)
{
    /// <summary>Keeps the earliest entry of each lead into each stage.</summary>
    /// <returns>Entries added or moved earlier.</returns>
    public async Task<int> SaveAsync(RunContext run, IReadOnlyList<StageChange> changes, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        var saved = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into stage_entries (account_id, lead_id, pipeline_id, status_id, entered_at)
            select @Account, lead_id, pipeline_id, status_id, min(entered_at)
            from unnest(@Leads, @Pipelines, @Statuses, @Times) as change (lead_id, pipeline_id, status_id, entered_at)
            group by lead_id, pipeline_id, status_id
            on conflict (account_id, lead_id, pipeline_id, status_id) do update
            set entered_at = excluded.entered_at
            where excluded.entered_at < stage_entries.entered_at
            """,
            new
            {
                Account = run.Account.Value,
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
}
