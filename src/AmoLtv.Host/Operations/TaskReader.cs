using System.Globalization;
using AmoLtv.Core.Identity;
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
                   count(*) filter (where t.status = 'created' and v.last_purchase > (t.found_at at time zone a.time_zone)::date) as BoughtSince,
                   count(*) filter (where t.status = 'failed') as Failed
            from customer_tasks t
            join accounts a on a.account_id = t.account_id
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
    /// <param name="cursor">As <see cref="ListPart{T}.Next"/> gave it.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ListPart<TaskAnswer>> ListAsync(
        AccountId account, string? kind, string? status, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var skipped = PartSize.Numbers(cursor, 1)?[0] ?? 0;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<TaskRow>(new CommandDefinition(
            """
            select * from (
                select t.kind, t.scope::int as scope, t.customer_id, nullif(c.name, '') as name, t.from_segment, t.to_segment, t.value,
                       case when t.status in ('waiting', 'sending') then 'waiting'
                            when t.status <> 'created' then t.status
                            when t.outcome in ('completed', 'gone') then t.outcome
                            else 'created' end as status,
                       t.responsible_user_id, t.found_at, t.sent_at, t.completed_at, t.result, t.error,
                       case when v.last_purchase > (t.found_at at time zone a.time_zone)::date then v.last_purchase end as bought_on
                from customer_tasks t
                join accounts a on a.account_id = t.account_id
                left join companies c on t.scope = 1 and c.account_id = t.account_id and c.company_id = t.customer_id
                left join customer_values v on v.account_id = t.account_id and v.scope = t.scope and v.customer_id = t.customer_id
                where t.account_id = @Account and (@kind is null or t.kind = @kind)) task
            where @status is null or task.status = @status
            order by task.found_at desc, task.value desc, task.customer_id
            limit @Limit offset @skipped
            """,
            new { Account = account.Value, kind, status, Limit = limit + 1, skipped },
            cancellationToken: cancellationToken))).AsList();
        var part = PartSize.Part(rows, limit, _ => (skipped + limit).ToString(CultureInfo.InvariantCulture));
        return new ListPart<TaskAnswer>([.. part.Items.Select(row => row.Read())], part.Next);
    }

    private sealed class TaskRow
    {
        public required string Kind { get; init; }

        public required int Scope { get; init; }

        public required long CustomerId { get; init; }

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
