using AmoLtv.Core.Identity;
using Dapper;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace AmoLtv.Host.Callers;

/// <summary>Where the connected accounts are: the only pages that a browser may call from.</summary>
public sealed class AccountAddresses(NpgsqlDataSource database) : IDisposable
{
    /// <summary>Anybody can send any origin: what is remembered is bounded, and no real one is longer.</summary>
    private const long MostOrigins = 10_000;
    private const int MaxOriginLength = 300;

    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(1);

    /// <summary>Shorter: the account may be connected any moment.</summary>
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(10);

    private readonly MemoryCache _origins = new(new MemoryCacheOptions { SizeLimit = MostOrigins });

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

    /// <summary>Whether the page belongs to any connected account; a browser asks before it sends a token.</summary>
    public async Task<bool> IsKnownOriginAsync(string origin, CancellationToken cancellationToken)
    {
        if (origin.Length > MaxOriginLength)
        {
            return false;
        }

        if (_origins.TryGetValue(origin, out bool remembered))
        {
            return remembered;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var isKnown = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select 1 from accounts where base_uri = @Origin)",
            new { Origin = origin },
            cancellationToken: cancellationToken));
        return _origins.Set(origin, isKnown, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = isKnown ? KnownFor : UnknownFor, Size = 1 });
    }

    public void Dispose() => _origins.Dispose();

    public static bool IsOrigin(string origin, Uri address) =>
        string.Equals(origin, address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
