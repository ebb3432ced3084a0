using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Reads who moved between segments.</summary>
internal sealed class MoveReader(NpgsqlDataSource database)
{
    /// <summary>Of the last recalculation up to a run that moved anybody; those who stayed are left out.</summary>
    public async Task<IReadOnlyList<MovedClients>> ReadAsync(AccountId account, long run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return
        [
            .. await connection.QueryAsync<MovedClients>(new CommandDefinition(
                """
                select segmentation as "Segmentation", from_segment as "From", to_segment as "To", clients as "Clients", value::numeric as "Value"
                from segment_moves
                where account_id = @Account and from_segment <> to_segment and run_id = (
                    select max(run_id) from segment_moves where account_id = @Account and run_id <= @run and from_segment <> to_segment)
                order by value desc, segmentation, from_segment, to_segment
                """,
                new { Account = account.Value, run },
                cancellationToken: cancellationToken)),
        ];
    }
}
