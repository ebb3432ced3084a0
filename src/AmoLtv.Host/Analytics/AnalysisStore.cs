using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Documents of analyses, kept for each run.</summary>
internal sealed class AnalysisStore(NpgsqlDataSource database)
{
    private const int RunsKept = 60;

    /// <summary>The newest document of a kind that an earlier run made; null where there is none.</summary>
    public async Task<string?> FindPreviousAsync(RunContext run, string kind, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            """
            select document::text from account_analyses
            where account_id = @Account and run_id < @Run and kind = @kind
            order by run_id desc limit 1
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, kind },
            cancellationToken: cancellationToken));
    }

    /// <summary>Replaces this run's documents of these kinds, and drops those of runs long past.</summary>
    public static Task SaveAsync(
        NpgsqlTransaction transaction, RunContext run, IReadOnlyDictionary<string, string> documents, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into account_analyses (account_id, run_id, kind, document, calculated_at)
            select @Account, @Run, kind, document::json, @now
            from unnest(@Kinds, @Documents) as made (kind, document)
            on conflict (account_id, run_id, kind) do update
            set document = excluded.document, calculated_at = excluded.calculated_at;

            delete from account_analyses
            where account_id = @Account and run_id <= (
                select run_id from account_analyses where account_id = @Account
                group by run_id order by run_id desc offset @RunsKept limit 1);
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                now,
                RunsKept,
                Kinds = documents.Keys.ToArray(),
                Documents = documents.Values.ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
}
