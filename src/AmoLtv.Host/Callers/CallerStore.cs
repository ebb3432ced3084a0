using AmoLtv.Core.Identity;
using AmoLtv.Host.Database;
using Dapper;

namespace AmoLtv.Host.Callers;

/// <summary>SQL of who asks: one lookup by key.</summary>
public sealed class CallerStore(InteractivePool pool)
{
    /// <returns>Null where the integration was not granted to the account.</returns>
    public async Task<CallerStanding?> FindAsync(AccountId account, string clientId, UserId user, CancellationToken cancellationToken)
    {
        await using var connection = await pool.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select a.base_uri, coalesce(a.listed_at, a.synced_at) as listed_at, g.status = 'lost' and g.suspended_at is not null as is_switched_off,
                   exists (select from users listed where listed.account_id = a.account_id) as has_list,
                   (select u.is_admin from users u where u.account_id = a.account_id and u.user_id = @User and u.is_active) as is_listed_admin,
                   exists (select from analytics_viewers v where v.account_id = a.account_id and v.user_id = @User) as is_viewer
            from accounts a
            join grants g on g.account_id = a.account_id
            where a.account_id = @Account and g.client_id = @ClientId
            """,
            new { Account = account.Value, ClientId = clientId, User = user.Value },
            cancellationToken: cancellationToken));
        return row is null
            ? null
            : new CallerStanding(
                new Uri(row.BaseUri), row.IsSwitchedOff, row.ListedAt is { } listed ? new DateTimeOffset(listed) : null,
                row.HasList, row.IsListedAdmin, row.IsViewer);
    }

    private sealed class Row
    {
        public required string BaseUri { get; init; }

        public DateTime? ListedAt { get; init; }

        public required bool IsSwitchedOff { get; init; }

        public required bool HasList { get; init; }

        public bool? IsListedAdmin { get; init; }

        public required bool IsViewer { get; init; }
    }
}
