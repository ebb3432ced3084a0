using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Cards;

/// <summary>Where the connected accounts are: the only pages that a browser may call from.</summary>
public sealed class AccountAddresses(NpgsqlDataSource database)
{
    /// <summary>Address of an account that this integration was granted to, null where it was not.</summary>
    public async Task<Uri?> FindAsync(AccountId account, string clientId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var address = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            """
            select a.base_uri
            from accounts a
            join grants g on g.account_id = a.account_id
            where a.account_id = @Account and g.client_id = @ClientId
            """,
            new { Account = account.Value, ClientId = clientId },
            cancellationToken: cancellationToken));
        return address is null ? null : new Uri(address);
    }

    /// <summary>Whether the page belongs to any connected account; a browser asks before it sends a token.</summary>
    public async Task<bool> IsKnownOriginAsync(string origin, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select 1 from accounts where base_uri = @Origin)",
            new { Origin = origin },
            cancellationToken: cancellationToken));
    }

    public static bool IsOrigin(string origin, Uri address) =>
        string.Equals(origin, address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
