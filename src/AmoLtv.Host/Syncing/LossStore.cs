using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>From which stage each lead was lost, and how far the events that tell it were read.</summary>
internal sealed class LossStore(NpgsqlDataSource database)
{
    /// <summary>Null where they were never read to the end.</summary>
    public async Task<DateTimeOffset?> ReadUntilAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var until = await connection.QuerySingleOrDefaultAsync<DateTime?>(new CommandDefinition(
            "select read_until from loss_cursors where account_id = @Account",
            new { Account = account.Value }, cancellationToken: cancellationToken));
        return until is { } moment ? new DateTimeOffset(moment) : null;
    }

    /// <summary>Keeps the latest loss of each lead.</summary>
    /// <param name="losses">Changes whose <see cref="StageChange.From"/> is known.</param>
    /// <returns>Losses added or replaced by a later one.</returns>
    public async Task<int> SaveAsync(RunContext run, IReadOnlyList<StageChange> losses, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        var saved = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into lead_losses (account_id, lead_id, pipeline_id, status_id, lost_at)
            select distinct on (lead_id) @Account, lead_id, pipeline_id, status_id, lost_at
            from unnest(@Leads, @Pipelines, @Statuses, @Times) as loss (lead_id, pipeline_id, status_id, lost_at)
            order by lead_id, lost_at desc
            on conflict (account_id, lead_id) do update
            set pipeline_id = excluded.pipeline_id, status_id = excluded.status_id, lost_at = excluded.lost_at
            where excluded.lost_at > lead_losses.lost_at
            """,
            new
            {
                Account = run.Account.Value,
                Leads = losses.Select(loss => loss.Lead.Value).ToArray(),
                Pipelines = losses.Select(loss => loss.From!.Value.Pipeline.Value).ToArray(),
                Statuses = losses.Select(loss => loss.From!.Value.Status.Value).ToArray(),
                Times = losses.Select(loss => loss.EnteredAt.UtcDateTime).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>Says after the last page up to which moment the events were read.</summary>
    public async Task FinishAsync(RunContext run, DateTimeOffset readUntil, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into loss_cursors (account_id, read_until)
            values (@Account, @ReadUntil)
            on conflict (account_id) do update set read_until = excluded.read_until
            """,
            new { Account = run.Account.Value, ReadUntil = readUntil.UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }
}
