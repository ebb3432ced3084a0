using System.Collections.Concurrent;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Pacing;

/// <summary>Which account is at an address. Remembered once known: an address is an account's for good, though an account may get another.</summary>
public sealed class AccountNumbers(NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<string, AccountId> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Null while the account is not connected: nobody but the one who installs it calls it.</returns>
    public async Task<AccountId?> FindAsync(BudgetKey key, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(key.Origin, out var known))
        {
            return known;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var found = await connection.QueryFirstOrDefaultAsync<long?>(new CommandDefinition(
            "select account_id from accounts where base_uri = @Origin", new { key.Origin }, cancellationToken: cancellationToken));
        return found is { } number ? _known.GetOrAdd(key.Origin, new AccountId(number)) : null;
    }
}
