using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Asks for a recalculation after a person's change, and says when it comes.</summary>
public sealed class FreshnessStore(NpgsqlDataSource database, SettingsStore settings, UnreadValueStore unread, TimeProvider time)
{
    /// <summary>Asks for the numbers by the settings in force.</summary>
    public async Task<Freshness> AskAsync(AccountId account, CancellationToken cancellationToken)
    {
        var inForce = (await settings.GetAsync(account, cancellationToken)).Settings;
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (zone, isFollowed) = await connection.QuerySingleAsync<(string Zone, bool IsFollowed)>(new CommandDefinition(
            """
            select a.time_zone,
                   exists (select from sync_states s where s.account_id = a.account_id and s.whole_at is not null)
                   and exists (select from grants g where g.account_id = a.account_id and g.status = 'connected' and g.suspended_at is null)
            from accounts a
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        var night = NextNight(now, zone, inForce.ScheduleTime);
        if ((await unread.FindAsync(account, inForce, cancellationToken)).Count > 0)
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

    private static DateTimeOffset? NextNight(DateTimeOffset now, string zoneName, TimeOnly schedule)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out var zone))
        {
            return null;
        }

        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var next = DateOnly.FromDateTime(local).ToDateTime(schedule);
        next = next > local ? next : next.AddDays(1);
        while (zone.IsInvalidTime(next))
        {
            next = next.AddMinutes(1);
        }

        return new DateTimeOffset(next, zone.GetUtcOffset(next)).ToUniversalTime();
    }
}
