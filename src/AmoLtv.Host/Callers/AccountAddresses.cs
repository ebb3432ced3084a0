using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Callers;

/// <summary>Where the connected accounts are.</summary>
public sealed class AccountAddresses(NpgsqlDataSource database)
{
    /// <summary>Address of an account that any integration of this service was granted to, null where none was.</summary>
    public async Task<Uri?> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var address = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            """
            select base_uri
            from accounts a
            where account_id = @Account and exists (select from grants g where g.account_id = a.account_id)
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return address is null ? null : new Uri(address);
    }

    public static bool IsOrigin(string origin, Uri address) =>
        string.Equals(origin, address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
