using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>Customers whose purchases changed since their result was stored; true: only because the settings let other leads count.</summary>
internal sealed class StaleCustomers : Dictionary<CustomerKey, bool>
{
    /// <param name="connection">An open one.</param>
    /// <param name="account">The account.</param>
    /// <param name="cac">Where costs of acquiring come from.</param>
    /// <param name="since">The run of the results.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<StaleCustomers> ReadAsync(
        NpgsqlConnection connection, AccountId account, CacSettings cac, RunId since, CancellationToken cancellationToken)
    {
        var stale = new StaleCustomers();
        var rows = await connection.QueryAsync<(short Scope, long Id, bool IsBySettings)>(new CommandDefinition(
            "select scope, customer_id, is_by_settings from stale_customers where account_id = @Account",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        foreach (var (scope, id, isBySettings) in rows)
        {
            stale.Add(new CustomerKey((CustomerScope)scope, id), isBySettings);
        }

        foreach (var company in await CompanyCostStore.ChangedSinceAsync(connection, account, cac, since, cancellationToken))
        {
            stale.TryAdd(company, false);
        }

        return stale;
    }

    /// <summary>Forgets them, in the transaction that stores their results.</summary>
    public static Task<int> ClearAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            "delete from stale_customers where account_id = @Account",
            new { Account = run.Account.Value },
            transaction,
            cancellationToken: cancellationToken));
}
