using AmoLtv.Core.Identity;
using AmoLtv.Core.Notices;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Notices;

/// <summary>SQL of how accounts stand, as far as notices go.</summary>
public sealed class ConditionStore(NpgsqlDataSource database)
{
    public async Task<AccountCondition> ReadAsync(AccountId account, CancellationToken cancellationToken)
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
        return new AccountCondition(row.Loss, row.Failure, row.Off, row.Conflicts);
    }

    /// <summary>Name of the account, or its number; and whether texts are English.</summary>
    public async Task<(string Name, bool IsEnglish)> DescribeAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<(string, bool)>(new CommandDefinition(
            """
            select coalesce(nullif(a.name, ''), a.account_id::text), coalesce(l.language = 'en', a.brand = 'kommo')
            from accounts a
            left join account_languages l on l.account_id = a.account_id
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
    }
}
