using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Counts what came of the tasks for responsible users.</summary>
internal sealed class TaskSumStore(NpgsqlDataSource database)
{
    public async Task<bool> IsEnabledAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from task_settings where account_id = @Account and is_enabled)",
            new { Account = account.Value }, cancellationToken: cancellationToken));
    }

    /// <summary>By kind; of one responsible user's tasks where <paramref name="own"/> is given.</summary>
    public async Task<IReadOnlyList<TaskSums>> ReadAsync(AccountId account, UserId? own, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return
        [
            .. await connection.QueryAsync<TaskSums>(new CommandDefinition(
                """
                select task.kind as "Kind", count(*) as "Created", count(*) filter (where task.outcome = 'open') as "Open",
                       count(*) filter (where task.outcome = 'completed') as "Completed",
                       count(*) filter (where client.last_purchase > (task.found_at at time zone (select account_zone(@Account)))::date) as "BoughtSince",
                       coalesce(sum(task.value), 0)::numeric as "Value"
                from customer_tasks task
                left join analysed_clients client
                    on client.account_id = @Account and client.scope = task.scope and client.customer_id = task.customer_id
                where task.account_id = @Account and task.status = 'created' and (@Own::bigint is null or task.responsible_user_id = @Own)
                group by task.kind order by task.kind
                """,
                new { Account = account.Value, Own = own?.Value },
                cancellationToken: cancellationToken)),
        ];
    }
}
