using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>
/// Results of customers: only what changed gets a new row, in the caller's transaction. Where little of a base stays as it was, a
/// generation begins: rows of the one before are history as they stand, and only the few that stay are carried over.
/// </summary>
internal static class ResultStore
{
    /// <returns>The generation of the results in force, for <see cref="StoredValuationStore.SaveAsync"/> to say last.</returns>
    public static async Task<long> ReplaceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, RevaluedBase result, CancellationToken cancellationToken)
    {
        if (result.Runs.Contains(run.Run.Value))
        {
            await ForgetAsync(connection, transaction, run, result.Ended, cancellationToken);
        }

        var generation = await GenerationAsync(connection, transaction, run, cancellationToken);
        if (result is { Kept: { } kept, Begun.Count: > 0 } && kept.Count < result.Ended.Count && generation != run.Run.Value)
        {
            await CarryAsync(connection, transaction, run, generation, kept, cancellationToken);
            generation = run.Run.Value;
        }
        else
        {
            await EndAsync(connection, transaction, run, result.Ended, cancellationToken);
        }

        await ResultCopy.WriteAsync(connection, run.Account.Value, generation, run.Run.Value, result.Begun, cancellationToken);
        return generation;
    }

    private static Task<long> GenerationAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select generation from accounts where account_id = @Account",
            new { Account = run.Account.Value },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Rows this very run wrote before have no history worth keeping.</summary>
    private static Task<int> ForgetAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, IReadOnlyCollection<CustomerKey> customers, CancellationToken cancellationToken) =>
        ExecuteAsync(
            connection,
            transaction,
            """
            delete from customer_results result
            using accounts account, unnest(@Scopes, @Ids) as ended (scope, customer_id)
            where account.account_id = @Account and result.account_id = @Account and result.generation = account.generation
              and result.to_run is null and result.from_run = @Run
              and result.scope = ended.scope and result.customer_id = ended.customer_id
            """,
            run,
            0,
            customers,
            cancellationToken);

    private static Task<int> EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, IReadOnlyCollection<CustomerKey> customers, CancellationToken cancellationToken) =>
        ExecuteAsync(
            connection,
            transaction,
            """
            update customer_results result set to_run = @Run
            from accounts account, unnest(@Scopes, @Ids) as ended (scope, customer_id)
            where account.account_id = @Account and result.account_id = @Account and result.generation = account.generation
              and result.to_run is null
              and result.scope = ended.scope and result.customer_id = ended.customer_id
            """,
            run,
            0,
            customers,
            cancellationToken);

    /// <summary>Takes the rows that stay in force into the run's generation.</summary>
    private static Task<int> CarryAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        RunContext run,
        long generation,
        IReadOnlyCollection<CustomerKey> customers,
        CancellationToken cancellationToken) =>
        ExecuteAsync(
            connection,
            transaction,
            """
            update customer_results result set generation = @Run
            from unnest(@Scopes, @Ids) as kept (scope, customer_id)
            where result.account_id = @Account and result.generation = @Generation and result.to_run is null
              and result.scope = kept.scope and result.customer_id = kept.customer_id;
            """,
            run,
            generation,
            customers,
            cancellationToken);

    private static Task<int> ExecuteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string sql,
        RunContext run,
        long generation,
        IReadOnlyCollection<CustomerKey> customers,
        CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            sql,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                Generation = generation,
                Scopes = customers.Select(key => (short)key.Scope).ToArray(),
                Ids = customers.Select(key => key.Id).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
}
