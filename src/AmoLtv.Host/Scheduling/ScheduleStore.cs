using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Scheduling;

/// <summary>SQL of which accounts have a night, and when.</summary>
public sealed partial class ScheduleStore(NpgsqlDataSource database, ILogger<ScheduleStore> logger)
{
    /// <summary>
    /// Accounts with a grant that works: not lost, not suspended by the CRM's hook, not hindered by rights, payment or a block.
    /// One whose time zone this machine does not know is left out and logged.
    /// </summary>
    public async Task<IReadOnlyList<ScheduledAccount>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Account, string Zone, string? Settings, DateTime HeldUntil, bool HasRun, TimeSpan? LastRun)>(new CommandDefinition(
            $"""
            select a.account_id, a.time_zone, s.settings::text,
                   greatest(a.connected_at, c.resumed_at, s.saved_at, (
                       select max(latest.night) from (
                           select coalesce(r.due_at, r.started_at) as night from runs r
                           where r.account_id = a.account_id and r.cause = 'night' and r.status <> 'interrupted'
                             and not (r.status = 'cancelled' and r.error_code = '{FailureCode.Stopped}')
                             and not (r.status = 'running' and {LeaseStore.IsFree})
                           order by r.run_id desc limit 8) latest)),
                   exists (select from runs r where r.account_id = a.account_id and r.started_at >= coalesce(c.resumed_at, '-infinity') and r.steps @> array['sync']),
                   (select r.finished_at - r.started_at from runs r
                    where r.account_id = a.account_id and r.cause = 'night' and r.status = 'finished' order by r.run_id desc limit 1)
            from accounts a
            left join account_connections c on c.account_id = a.account_id
            left join lateral (
                select settings, saved_at from settings_versions s where s.account_id = a.account_id order by version desc limit 1) s on true
            where exists (
                select from grants g
                where g.account_id = a.account_id and g.status = 'connected' and g.suspended_at is null
                  and coalesce(g.hindrance, 'unreachable') = 'unreachable')
            order by a.account_id
            """,
            cancellationToken: cancellationToken));
        var accounts = new List<ScheduledAccount>();
        foreach (var (account, zoneName, json, heldUntil, hasRun, lastRun) in rows)
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out var zone))
            {
                accounts.Add(new ScheduledAccount(new AccountId(account), zone, Time(account, json), new DateTimeOffset(heldUntil), hasRun, lastRun));
            }
            else
            {
                Log.UnknownZone(logger, account, zoneName);
            }
        }

        return accounts;
    }

    /// <summary>Settings that cannot be read are one account's trouble: its runs fail and say so, the others' nights go on.</summary>
    private TimeOnly? Time(long account, string? settings)
    {
        try
        {
            return (settings is null ? new AccountSettings() : SettingsJson.Read(settings)).ScheduleTime;
        }
        catch (JsonException failure)
        {
            Log.UnreadableSettings(logger, account, failure);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Account {Account} has no night: this machine does not know its time zone {Zone}.")]
        public static partial void UnknownZone(ILogger logger, long account, string zone);

        [LoggerMessage(2, LogLevel.Error, "Account {Account} keeps the night it had: its settings cannot be read.")]
        public static partial void UnreadableSettings(ILogger logger, long account, Exception failure);
    }
}
