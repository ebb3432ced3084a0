using AmoLtv.Core.Segmentation;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Valuing;

/// <summary>Places of clients in the base: ranked and cut by Core, so that the rule is stated once; replaced as a set where they differ.</summary>
internal static class StandingStore
{
    public static async Task StageAsync(NpgsqlConnection connection, IEnumerable<Standing> standings, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            drop table if exists staged_standings;
            create temporary table staged_standings (
                scope smallint, customer_id bigint, rank int not null, top_percent double precision not null,
                share double precision not null, tier text not null, primary key (scope, customer_id));
            """,
            cancellationToken: cancellationToken));
        await using (var importer = await connection.BeginBinaryImportAsync(
            "copy staged_standings (scope, customer_id, rank, top_percent, share, tier) from stdin (format binary)", cancellationToken))
        {
            foreach (var standing in standings)
            {
                await importer.StartRowAsync(cancellationToken);
                await importer.WriteAsync((short)standing.Key.Scope, NpgsqlDbType.Smallint, cancellationToken);
                await importer.WriteAsync(standing.Key.Id, NpgsqlDbType.Bigint, cancellationToken);
                await importer.WriteAsync(standing.Rank, NpgsqlDbType.Integer, cancellationToken);
                await importer.WriteAsync(standing.TopPercent, NpgsqlDbType.Double, cancellationToken);
                await importer.WriteAsync(standing.Share, NpgsqlDbType.Double, cancellationToken);
                await importer.WriteAsync(standing.Tier, NpgsqlDbType.Text, cancellationToken);
            }

            await importer.CompleteAsync(cancellationToken);
        }

        await connection.ExecuteAsync(new CommandDefinition("analyze staged_standings", cancellationToken: cancellationToken));
    }

    /// <returns>How many places changed.</returns>
    public static Task<int> MergeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            delete from customer_standings standing
            where standing.account_id = @Account and not exists (
                select from staged_standings staged
                where staged.scope = standing.scope and staged.customer_id = standing.customer_id);

            insert into customer_standings as standing (account_id, scope, customer_id, rank, top_percent, share, tier)
            select @Account, scope, customer_id, rank, top_percent, share, tier from staged_standings
            on conflict (account_id, scope, customer_id) do update set
                rank = excluded.rank, top_percent = excluded.top_percent, share = excluded.share, tier = excluded.tier
            where (standing.rank, standing.top_percent, standing.share, standing.tier)
                is distinct from (excluded.rank, excluded.top_percent, excluded.share, excluded.tier);
            """,
            new { Account = run.Account.Value },
            transaction,
            cancellationToken: cancellationToken));
}
