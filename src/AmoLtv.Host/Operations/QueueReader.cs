using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>Reads what waits for its turn.</summary>
public sealed class QueueReader(NpgsqlDataSource database, RunReader runs, RunRequestStore requests, TimeProvider time)
{
    public async Task<QueueAnswer> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var row = await FindAsync(account, cancellationToken);
        return new QueueAnswer(
            await runs.FindRunningAsync(account, cancellationToken), await requests.ListOpenAsync(account, cancellationToken), row.ChangeMarks,
            row.IsValuingDue, row.FieldsWaiting, row.TasksWaiting, NextNight(account, row.TimeZone, row.Settings), row.CardsPerMinute, row.MinutesARun,
            row.PausedByRun, row.IsWriteBackOn, row.SyncedAt, row.FollowedAt, row.ValuedAt);
    }

    private async Task<StateRow> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Writes that wait are those of the last runs alone: an older plan was made anew.
        return await connection.QuerySingleAsync<StateRow>(new CommandDefinition(
            """
            select a.time_zone, a.synced_at, a.valued_at, follow.followed_at, coalesce(follow.is_valuing_due, false) as is_valuing_due,
                   (select count(*) from change_marks m where m.account_id = a.account_id) as change_marks,
                   (select count(*) from customer_tasks t where t.account_id = a.account_id and t.status in ('waiting', 'sending')) as tasks_waiting,
                   (select count(*) from field_writes w
                    where w.account_id = a.account_id and w.status = 'planned' and w.run_id = (
                        select max(r.run_id) from runs r where r.account_id = a.account_id and r.steps && array['write-back', 'undo'])) as fields_waiting,
                   exists (select from output_fields o where o.account_id = a.account_id and (o.is_on or o.off_reason = 'reading')) as is_write_back_on,
                   pace.cards_per_minute, coalesce(pace.minutes_a_run, 120) as minutes_a_run, pace.paused_by_run,
                   (select settings::text from settings_versions s where s.account_id = a.account_id order by version desc limit 1) as settings
            from accounts a
            left join change_follows follow on follow.account_id = a.account_id
            left join write_back_settings pace on pace.account_id = a.account_id
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
    }

    private DateTimeOffset? NextNight(AccountId account, string zoneName, string? settings)
    {
        try
        {
            var at = (settings is null ? new AccountSettings() : SettingsJson.Read(settings)).ScheduleTime;
            return TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out var zone) ? ScheduleRule.Next(time.GetUtcNow(), at, zone, account) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class StateRow
    {
        public required string TimeZone { get; init; }

        public DateTime? SyncedAt { get; init; }

        public DateTime? ValuedAt { get; init; }

        public DateTime? FollowedAt { get; init; }

        public bool IsValuingDue { get; init; }

        public long ChangeMarks { get; init; }

        public long TasksWaiting { get; init; }

        public long FieldsWaiting { get; init; }

        public bool IsWriteBackOn { get; init; }

        public int? CardsPerMinute { get; init; }

        public int MinutesARun { get; init; }

        public long? PausedByRun { get; init; }

        public string? Settings { get; init; }
    }
}
