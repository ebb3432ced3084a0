using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>How many clients moved from segment to segment in a run.</summary>
internal static class SegmentMoveStore
{
    /// <summary>How many clients each segment had after a run.</summary>
    public static async Task<IReadOnlyList<SegmentTotal>> TotalsAsync(
        NpgsqlConnection connection, AccountId account, RunId run, CancellationToken cancellationToken) =>
    [
        .. await connection.QueryAsync<SegmentTotal>(new CommandDefinition(
            """
            select segmentation, to_segment as segment, sum(clients)::int as clients, sum(value) as value
            from segment_moves
            where account_id = @Account and run_id = @Run and to_segment <> ''
            group by segmentation, to_segment
            """,
            new { Account = account.Value, Run = run.Value },
            cancellationToken: cancellationToken)),
    ];

    public static Task SaveAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        RunContext run,
        IReadOnlyDictionary<string, IReadOnlyList<SegmentTransition>> transitions,
        CancellationToken cancellationToken)
    {
        var rows = transitions
            .SelectMany(entry => entry.Value.Select(cell => (Segmentation: entry.Key, Cell: cell)))
            .ToList();
        return connection.ExecuteAsync(new CommandDefinition(
            """
            delete from segment_moves where account_id = @Account and run_id = @Run;

            insert into segment_moves (account_id, run_id, segmentation, from_segment, to_segment, clients, value)
            select @Account, @Run, * from unnest(@Segmentations, @Froms, @Tos, @Clients, @Values)
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                Segmentations = rows.Select(row => row.Segmentation).ToArray(),
                Froms = rows.Select(row => row.Cell.From ?? "").ToArray(),
                Tos = rows.Select(row => row.Cell.To ?? "").ToArray(),
                Clients = rows.Select(row => row.Cell.Clients).ToArray(),
                Values = rows.Select(row => row.Cell.To is null ? row.Cell.ValueBefore : row.Cell.ValueNow).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
    }
}
