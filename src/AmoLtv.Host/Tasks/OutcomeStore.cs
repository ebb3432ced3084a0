using AmoLtv.AmoCrm.Tasks;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tasks;

/// <summary>SQL of what came of the tasks.</summary>
public sealed class OutcomeStore(NpgsqlDataSource database, TaskStore tasks)
{
    /// <summary>Numbers of tasks that were open when last read, those read longest ago first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="since">Older ones are not followed any more.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<long[]> ListOpenAsync(AccountId account, DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<long>(new CommandDefinition(
            """
            select task_id from customer_tasks
            where account_id = @Account and status = 'created' and outcome = 'open' and found_at >= @since
            order by read_at nulls first, task_id
            limit @limit
            """,
            new { Account = account.Value, since, limit },
            cancellationToken: cancellationToken))];
    }

    /// <summary>Stores what was read of tasks; one that was asked for and not found is gone.</summary>
    public Task SaveAsync(RunContext run, long[] asked, IReadOnlyCollection<CrmTask> found, DateTimeOffset now, CancellationToken cancellationToken) =>
        tasks.InFenceAsync(
            run,
            """
            update customer_tasks t
            set read_at = @now, outcome = case when r.task_id is null then 'gone' when r.is_completed then 'completed' else 'open' end,
                completed_at = case when r.is_completed then coalesce(r.updated_at, @now) end, result = r.result
            from unnest(@asked) as asked (task_id)
            left join unnest(@Ids, @Completed, @Updated, @Results) as r (task_id, is_completed, updated_at, result) using (task_id)
            where t.account_id = @Account and t.status = 'created' and t.task_id = asked.task_id
            """,
            new
            {
                Account = run.Account.Value,
                now,
                asked,
                Ids = found.Select(task => task.Id).ToArray(),
                Completed = found.Select(task => task.IsCompleted).ToArray(),
                Updated = found.Select(task => task.UpdatedAt?.UtcDateTime).ToArray(),
                Results = found.Select(task => task.Result).ToArray(),
            },
            cancellationToken);

    /// <summary>Counts by kind of reason.</summary>
    public async Task<IReadOnlyList<TaskTotals>> TotalsAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<TaskTotals>(new CommandDefinition(
            """
            select t.kind as Kind,
                   count(*) filter (where t.status in ('waiting', 'sending')) as Waiting,
                   count(*) filter (where t.status = 'created') as Created,
                   count(*) filter (where t.status = 'created' and t.outcome = 'open') as Open,
                   count(*) filter (where t.status = 'created' and t.outcome = 'completed') as Completed,
                   count(*) filter (where t.status = 'created' and t.outcome = 'gone') as Gone,
                   count(*) filter (where t.status = 'created' and v.last_purchase > (t.found_at at time zone (select account_zone(@Account)))::date) as BoughtSince,
                   count(*) filter (where t.status = 'failed') as Failed,
                   count(*) filter (where t.status = 'dropped') as Dropped
            from customer_tasks t
            left join customer_values v
                on v.account_id = t.account_id and v.scope = t.scope and v.customer_id = t.customer_id
            where t.account_id = @Account
            group by t.kind
            order by t.kind
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return rows.AsList();
    }
}
