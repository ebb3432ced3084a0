using AmoLtv.Core.Identity;
using AmoLtv.Host.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>Reads what came of the tasks.</summary>
public sealed class TaskReader(NpgsqlDataSource database)
{
    public async Task<TasksSummary> SummaryAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var parameters = new { Account = account.Value };
        var (isEnabled, cap) = await connection.QuerySingleOrDefaultAsync<(bool, int)?>(new CommandDefinition(
            "select is_enabled, daily_cap from task_settings where account_id = @Account", parameters, cancellationToken: cancellationToken)) ?? (false, 20);
        var totals = await connection.QueryAsync<TaskTotal>(new CommandDefinition(
            """
            select t.kind as Kind,
                   count(*) filter (where t.status in ('waiting', 'sending')) as Waiting,
                   count(*) filter (where t.status = 'created') as Created,
                   count(*) filter (where t.status = 'created' and coalesce(t.outcome, 'open') = 'open') as Open,
                   count(*) filter (where t.status = 'created' and t.outcome = 'completed') as Completed,
                   count(*) filter (where t.status = 'created' and t.outcome = 'gone') as Gone,
                   count(*) filter (where t.status = 'created' and v.last_purchase > (t.found_at at time zone (select account_zone(@Account)))::date) as BoughtSince,
                   count(*) filter (where t.status = 'failed') as Failed
            from customer_tasks t
            left join customer_values v on v.account_id = t.account_id and v.scope = t.scope and v.customer_id = t.customer_id
            where t.account_id = @Account
            group by t.kind
            order by t.kind
            """,
            parameters,
            cancellationToken: cancellationToken));
        return new TasksSummary(isEnabled, cap, totals.AsList());
    }

    /// <summary>The tasks, the newest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="kind">slipping, tierUp or tierDown; null for all.</param>
    /// <param name="status">As <see cref="TaskAnswer.Status"/>; null for all.</param>
    /// <param name="cursor">As <see cref="Paged{T}.Next"/> gave it.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Paged<TaskAnswer>> ListAsync(
        AccountId account, string? kind, string? status, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var at = TaskCursor.Parse(cursor);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<TaskRow>(new CommandDefinition(
            """
            select * from (
                select t.kind, t.scope::int as scope, t.customer_id, t.reason, nullif(c.name, '') as name, t.from_segment, t.to_segment, t.value,
                       case when t.status in ('waiting', 'sending') then 'waiting'
                            when t.status <> 'created' then t.status
                            when t.outcome in ('completed', 'gone') then t.outcome
                            else 'created' end as status,
                       t.responsible_user_id, t.found_at, t.sent_at, t.completed_at, t.result, t.error,
                       case when v.last_purchase > (t.found_at at time zone (select account_zone(@Account)))::date then v.last_purchase end as bought_on
                from customer_tasks t
                    left join companies c on t.scope = 1 and c.account_id = t.account_id and c.company_id = t.customer_id
                left join customer_values v on v.account_id = t.account_id and v.scope = t.scope and v.customer_id = t.customer_id
                where t.account_id = @Account and (@kind is null or t.kind = @kind)
                  and (@FoundAt::timestamptz is null
                       or (t.found_at, t.value, t.customer_id, t.scope, t.reason) < (@FoundAt, @Value, @Customer, @Scope::smallint, @Reason))) task
            where @status is null or task.status = @status
            order by task.found_at desc, task.value desc, task.customer_id desc, task.scope desc, task.reason desc
            limit @Limit
            """,
            new
            {
                Account = account.Value,
                kind,
                status,
                Limit = limit + 1,
                at?.FoundAt,
                at?.Value,
                at?.Customer,
                at?.Scope,
                at?.Reason,
            },
            cancellationToken: cancellationToken))).AsList();
        return PageSize.Page(rows, limit, row => new TaskCursor(row.FoundAt, row.Value, row.CustomerId, row.Scope, row.Reason).ToString()).Select(row => row.Read());
    }

    private sealed class TaskRow
    {
        public required string Kind { get; init; }

        public required int Scope { get; init; }

        public required long CustomerId { get; init; }

        public required string Reason { get; init; }

        public string? Name { get; init; }

        public required string FromSegment { get; init; }

        public required string ToSegment { get; init; }

        public required decimal Value { get; init; }

        public required string Status { get; init; }

        public long? ResponsibleUserId { get; init; }

        public required DateTime FoundAt { get; init; }

        public DateTime? SentAt { get; init; }

        public DateTime? CompletedAt { get; init; }

        public string? Result { get; init; }

        public string? Error { get; init; }

        public DateOnly? BoughtOn { get; init; }

        public TaskAnswer Read() => new(
            Kind, Scope == 1 ? "company" : "contact", CustomerId, Name, FromSegment, ToSegment, Value, Status, ResponsibleUserId, FoundAt, SentAt,
            CompletedAt, Result, BoughtOn, Error);
    }
}
