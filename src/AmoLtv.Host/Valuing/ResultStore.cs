using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>Results of customers: only what changed gets a new row, in the caller's transaction.</summary>
internal static class ResultStore
{
    /// <summary>Ends the rows in force of these customers. Rows this very run wrote before have no history worth keeping: they go.</summary>
    public static Task<int> EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, IReadOnlyCollection<CustomerKey> customers, CancellationToken cancellationToken) =>
        ExecuteAsync(
            connection,
            transaction,
            """
            delete from customer_values value
            using unnest(@Scopes, @Ids) as ended (scope, customer_id)
            where value.account_id = @Account and value.to_run is null and value.from_run = @Run
              and value.scope = ended.scope and value.customer_id = ended.customer_id;

            update customer_values value set to_run = @Run
            from unnest(@Scopes, @Ids) as ended (scope, customer_id)
            where value.account_id = @Account and value.to_run is null
              and value.scope = ended.scope and value.customer_id = ended.customer_id;
            """,
            run,
            customers,
            cancellationToken);

    /// <summary>Begins rows for new results; the rows before them have been ended.</summary>
    public static Task BeginAsync(NpgsqlConnection connection, RunContext run, IEnumerable<NewResult> results, CancellationToken cancellationToken) =>
        ResultCopy.WriteAsync(connection, run.Account.Value, run.Run.Value, results, cancellationToken);

    /// <summary>Ends and begins the rows of clients whose segments alone changed: the rest is what it was, and the headline has not moved.</summary>
    public static Task<int> MoveAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        RunContext run,
        IReadOnlyList<(CustomerKey Key, StoredSegments Segments)> moved,
        CancellationToken cancellationToken)
    {
        var segments = moved.Select(client => client.Segments).ToList();
        return connection.ExecuteAsync(new CommandDefinition(
            $"""
            with moved as (
                select *
                from unnest(@Scopes, @Ids, @Tiers, @Recencies, @Frequencies, @Monetaries, @Groups, @Lifecycles)
                    as client (scope, customer_id, {ResultCopy.SegmentColumns})
            ), kept as (
                -- Rows this very run wrote before have no history worth keeping.
                update customer_values value
                set tier = moved.tier, rfm_recency = moved.rfm_recency, rfm_frequency = moved.rfm_frequency,
                    rfm_monetary = moved.rfm_monetary, rfm_group = moved.rfm_group, lifecycle = moved.lifecycle
                from moved
                where value.account_id = @Account and value.to_run is null and value.from_run = @Run
                  and value.scope = moved.scope and value.customer_id = moved.customer_id
            ), ended as (
                update customer_values value set to_run = @Run
                from moved
                where value.account_id = @Account and value.to_run is null and value.from_run <> @Run
                  and value.scope = moved.scope and value.customer_id = moved.customer_id
                returning value.*
            )
            insert into customer_values (account_id, from_run, scope, customer_id, {ResultCopy.Columns}, {ResultCopy.SegmentColumns},
                                         ltv_before, by_purchases, by_settings, by_model, by_ageing)
            select @Account, @Run, ended.scope, ended.customer_id, {Prefixed(ResultCopy.Columns, "ended.")}, {Prefixed(ResultCopy.SegmentColumns, "moved.")},
                   ended.ltv, 0, 0, 0, 0
            from ended
            join moved using (scope, customer_id)
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                Scopes = moved.Select(client => (short)client.Key.Scope).ToArray(),
                Ids = moved.Select(client => client.Key.Id).ToArray(),
                Tiers = segments.Select(segment => segment.Tier).ToArray(),
                Recencies = segments.Select(segment => segment.Recency).ToArray(),
                Frequencies = segments.Select(segment => segment.Frequency).ToArray(),
                Monetaries = segments.Select(segment => segment.Monetary).ToArray(),
                Groups = segments.Select(segment => segment.RfmGroup).ToArray(),
                Lifecycles = segments.Select(segment => segment.Lifecycle).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
    }

    private static string Prefixed(string columns, string prefix) =>
        string.Join(", ", columns.Split(',', StringSplitOptions.TrimEntries).Select(column => prefix + column));

    private static Task<int> ExecuteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string sql,
        RunContext run,
        IReadOnlyCollection<CustomerKey> customers,
        CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            sql,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                Scopes = customers.Select(key => (short)key.Scope).ToArray(),
                Ids = customers.Select(key => key.Id).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
}
