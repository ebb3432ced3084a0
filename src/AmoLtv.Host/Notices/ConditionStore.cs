using AmoLtv.Core.Identity;
using AmoLtv.Core.Notices;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Notices;

/// <summary>SQL of how accounts stand, as far as notices go.</summary>
public sealed class ConditionStore(NpgsqlDataSource database)
{
    /// <summary>
    /// Accounts that may have something to tell, all of those that have and few others: with thousands of accounts, most are well, and
    /// nobody has to look at each.
    /// </summary>
    /// <param name="now">The present.</param>
    /// <param name="lateSince">From when on a loss that is over may still have to be told.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<AccountId>> ListAsync(DateTimeOffset now, DateTimeOffset lateSince, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ids = await connection.QueryAsync<long>(new CommandDefinition(
            """
            select told.account_id
            from (
            select account_id from incidents where closed_at is null or (kind = 'connectionLost' and closed_at >= @lateSince)
            union
            select account_id from notices where status in ('waiting', 'sending') and not_before <= @now
            union
            select account_id from grants where status <> 'connected' or suspended_at is not null or hindrance is not null
            union
            select account_id from output_fields where not is_on and off_reason in ('deleted', 'retyped')
            union
            select account_id from field_conflicts where stopped_at is not null
            union
            select a.account_id
            from accounts a
            left join lateral (
                select r.status, r.started_at
                from runs r
                where r.account_id = a.account_id and r.steps @> array['sync', 'recalculate'] and r.status in ('finished', 'failed')
                order by r.run_id desc
                limit 1) night on true
            where night.status is distinct from 'finished' or night.started_at <= @NightBefore) told
            -- One that is being erased is nobody's any more, though its rows go one table after the other.
            where exists (select from accounts a where a.account_id = told.account_id)
            order by told.account_id
            """,
            new { now, lateSince, NightBefore = now - MissedNightRule.Overdue },
            cancellationToken: cancellationToken));
        return [.. ids.Select(id => new AccountId(id))];
    }

    public async Task<AccountCondition> ReadAsync(AccountId account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleAsync<(string? Loss, string? Failure, string[] Off, long Conflicts)>(new CommandDefinition(
            """
            select
                (select coalesce(g.status_reason, '') from grants g
                 where g.account_id = @Account and g.status = 'lost'
                   and not exists (select from grants other where other.account_id = g.account_id and other.status = 'connected')
                 order by g.updated_at desc limit 1),
                (select coalesce(night.error, '')
                 from (select * from runs r
                       where r.account_id = @Account and r.finished_at is not null and r.steps @> array['sync', 'recalculate']
                         and r.status in ('finished', 'failed')
                       order by r.run_id desc limit 1) night
                 where night.status = 'failed' and night.cause in (@Night, @Connected)),
                (select coalesce(array_agg(distinct coalesce(f.name, o.output)), '{}')
                 from output_fields o
                 left join custom_fields f on f.account_id = o.account_id and f.entity_type = o.entity_type and f.field_id = o.field_id
                 where o.account_id = @Account and not o.is_on and o.off_reason in ('deleted', 'retyped')),
                (select count(*) from field_conflicts c where c.account_id = @Account and c.stopped_at is not null)
            """,
            new { Account = account.Value, RunCause.Night, RunCause.Connected },
            cancellationToken: cancellationToken));
        var failure = row.Failure ?? (await ReadNightAsync(connection, account, cancellationToken) is { } night ? MissedNightRule.Read(night, now) : null);
        return new AccountCondition(row.Loss, failure, row.Off, row.Conflicts);
    }

    /// <summary>Null where the account has no grant: no night is owed to it.</summary>
    private static async Task<NightFacts?> ReadNightAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var row = await connection.QuerySingleOrDefaultAsync<(DateTime Since, DateTime? RunningSince, string? Obstacle, DateTime? RefusedSince)?>(new CommandDefinition(
            """
            select greatest(
                       a.connected_at, c.resumed_at,
                       (select max(r.started_at) from runs r
                        where r.account_id = @Account and r.status in ('finished', 'failed') and r.steps @> array['sync', 'recalculate']),
                       (select max(v.saved_at) from settings_versions v where v.account_id = @Account)),
                   (select max(r.started_at) from runs r
                    where r.account_id = @Account and r.status = 'running' and r.steps @> array['sync', 'recalculate']),
                   coalesce(
                       (select case when g.suspended_at is not null then 'the CRM says that the integration was switched off'
                                    when g.hindrance = 'rights' then 'the user who connected the account is no administrator any more'
                                    when g.hindrance = 'unpaid' then 'the CRM does not serve the account: it is unpaid or closed'
                                    when g.hindrance = 'blocked' then 'the CRM refuses every request'
                                    when g.hindrance = 'unreachable' then 'the CRM does not answer' end
                        from grants g where g.account_id = @Account and g.status = 'connected'
                        order by g.suspended_at is null desc, g.hindrance is null desc limit 1),
                       (select format('run %s (%s) has held the account since %s UTC', r.run_id, r.cause, to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'))
                        from runs r where r.account_id = @Account and r.status = 'running' order by r.run_id desc limit 1)),
                   (select min(g.hindered_at) from grants g
                    where g.account_id = @Account and g.status = 'connected' and g.hindrance in ('rights', 'unpaid', 'blocked')
                      and not exists (
                          select from grants other
                          where other.account_id = @Account and other.status = 'connected' and other.suspended_at is null and other.hindrance is null))
            from accounts a
            left join account_connections c on c.account_id = a.account_id
            where a.account_id = @Account and exists (select from grants g where g.account_id = a.account_id)
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return row is var (since, running, obstacle, refused)
            ? new NightFacts(new DateTimeOffset(since), Utc(running), obstacle, Utc(refused))
            : null;
    }

    private static DateTimeOffset? Utc(DateTime? moment) => moment is { } known ? new DateTimeOffset(known) : null;

    /// <summary>Name of the account, or its number; whether texts are English; and its time zone.</summary>
    public async Task<(string Name, bool IsEnglish, TimeZoneInfo Zone)> DescribeAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (name, isEnglish, zoneName) = await connection.QuerySingleAsync<(string, bool, string)>(new CommandDefinition(
            """
            select coalesce(nullif(a.name, ''), a.account_id::text), coalesce(l.language = 'en', a.brand = 'kommo'), a.time_zone
            from accounts a
            left join account_languages l on l.account_id = a.account_id
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return (name, isEnglish, TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out var zone) ? zone : TimeZoneInfo.Utc);
    }
}
