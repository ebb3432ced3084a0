using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Asks for a recalculation after a person's change, and says when it comes.</summary>
public sealed class FreshnessStore(SettingsStore settings, UnreadValueStore unread, TimeProvider time)
{
    /// <summary>Asks for the numbers by the settings in force.</summary>
    /// <param name="connection">In the transaction of the change: neither is kept without the other.</param>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Freshness> AskAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var inForce = (await settings.GetAsync(connection, account, cancellationToken)).Settings;
        var now = time.GetUtcNow();
        var (zoneName, isFollowed) = await connection.QuerySingleAsync<(string Zone, bool IsFollowed)>(new CommandDefinition(
            """
            select a.time_zone,
                   exists (select from sync_states s where s.account_id = a.account_id and s.whole_at is not null)
                   and exists (select from grants g where g.account_id = a.account_id and g.status = 'connected' and g.suspended_at is null)
            from accounts a
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        DateTimeOffset? night = TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out var zone) ? ScheduleRule.Next(now, inForce.ScheduleTime, zone, account) : null;
        if ((await unread.FindAsync(connection, account, inForce, cancellationToken)).Count > 0)
        {
            return new Freshness(Freshness.AfterReading, night);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into change_follows (account_id, is_valuing_due, asked_at) values (@Account, true, @Now)
            on conflict (account_id) do update set is_valuing_due = true, asked_at = excluded.asked_at, failures = 0, not_before = null
            """,
            new { Account = account.Value, Now = now },
            cancellationToken: cancellationToken));
        return new Freshness(isFollowed ? Freshness.Soon : Freshness.Night, night);
    }
}
