using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Tasks;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tasks;

/// <summary>SQL of clients' moves between two valuations.</summary>
public sealed class MoveStore(NpgsqlDataSource database)
{
    /// <summary>The last valuation, and whether the settings that cut tiers may have changed since another one.</summary>
    /// <returns>A run of null where the account was not valued yet.</returns>
    public async Task<(long? LastRun, bool IsSameSettings)> LatestAsync(AccountId account, long? sinceRun, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<(long Run, bool IsSame)?>(new CommandDefinition(
            """
            select now.run_id, coalesce(now.settings_version = before.settings_version, false)
            from account_values now
            left join account_values before on before.account_id = now.account_id and before.run_id = @sinceRun::bigint
            where now.account_id = @Account
            order by now.run_id desc
            limit 1
            """,
            new { Account = account.Value, sinceRun },
            cancellationToken: cancellationToken));
        return row is { } found ? (found.Run, found.IsSame) : (null, false);
    }

    /// <summary>Clients whose segments are not those they had after an earlier run.</summary>
    public async Task<IReadOnlyList<ClientMove>> ListAsync(AccountId account, long sinceRun, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select now.scope::int as Scope, now.customer_id as CustomerId, coalesce(now.ltv, 0) as Value,
                   before.tier as TierBefore, before.lifecycle as LifecycleBefore,
                   now.tier as Tier, now.lifecycle as Lifecycle, now.last_purchase as LastPurchase
            from customer_values now
            join customer_value_history before
                on before.account_id = now.account_id and before.scope = now.scope and before.customer_id = now.customer_id
                and before.from_run <= @sinceRun and before.ended_by_run > @sinceRun
            where now.account_id = @Account and now.scope in (1, 3) and now.from_run > @sinceRun
              and (now.tier, now.lifecycle) is distinct from (before.tier, before.lifecycle)
            """,
            new { Account = account.Value, sinceRun },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new ClientMove(
            new CustomerKey((CustomerScope)row.Scope, row.CustomerId),
            new ClientState(row.TierBefore, State(row.LifecycleBefore), row.LastPurchase),
            new ClientState(row.Tier, State(row.Lifecycle), row.LastPurchase),
            row.Value))];
    }

    /// <summary>Codes of states are the names of the values, in camel case.</summary>
    internal static LifecycleState? State(string? code) => code is null ? null : Enum.Parse<LifecycleState>(code, ignoreCase: true);

    private sealed class Row
    {
        public required int Scope { get; init; }

        public required long CustomerId { get; init; }

        public required decimal Value { get; init; }

        public string? TierBefore { get; init; }

        public string? LifecycleBefore { get; init; }

        public string? Tier { get; init; }

        public string? Lifecycle { get; init; }

        public DateOnly? LastPurchase { get; init; }
    }
}
