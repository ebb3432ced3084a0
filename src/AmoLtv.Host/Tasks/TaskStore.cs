using AmoLtv.Core.Identity;
using AmoLtv.Core.Tasks;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tasks;

/// <summary>SQL of tasks for responsible users: each is stored before it is sent, so that none is sent twice.</summary>
public sealed class TaskStore(NpgsqlDataSource database)
{
    public const string Waiting = "waiting";
    public const string Sending = "sending";
    public const string Created = "created";
    public const string Failed = "failed";
    public const string Dropped = "dropped";

    /// <summary>Stores what was found, each reason once, and up to which run moves were looked at, in one fenced transaction.</summary>
    /// <returns>How many reasons are new.</returns>
    public async Task<int> AddAsync(
        RunContext run, IReadOnlyList<FoundTask> found, long seenRun, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        var added = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into customer_tasks (
                account_id, scope, customer_id, reason, kind, from_segment, to_segment, value, marker, status, found_run, found_at)
            select @Account, scope, customer_id, reason, kind, from_segment, to_segment, value, marker, 'waiting', @Run, @now
            from unnest(@Scopes, @Ids, @Keys, @Kinds, @Froms, @Tos, @Values, @Markers)
                as found (scope, customer_id, reason, kind, from_segment, to_segment, value, marker)
            on conflict (account_id, scope, customer_id, reason) do nothing
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                now,
                Scopes = found.Select(one => (short)one.Customer.Scope).ToArray(),
                Ids = found.Select(one => one.Customer.Id).ToArray(),
                Keys = found.Select(one => one.Reason.Key).ToArray(),
                Kinds = found.Select(one => Code(one.Reason.Kind)).ToArray(),
                Froms = found.Select(one => one.Reason.From).ToArray(),
                Tos = found.Select(one => one.Reason.To).ToArray(),
                Values = found.Select(one => one.Value).ToArray(),
                Markers = found.Select(one => one.Marker).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            "update task_settings set seen_run = @seenRun where account_id = @Account",
            new { Account = run.Account.Value, seenRun },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    /// <summary>Tasks of a status, the most valuable first.</summary>
    public async Task<IReadOnlyList<StoredTask>> ListAsync(AccountId account, string status, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select t.scope::int as Scope, t.customer_id as CustomerId, t.reason as Key, t.kind as Kind, t.from_segment as FromSegment,
                   t.to_segment as ToSegment, t.value as Value, t.marker as Marker, t.found_at as FoundAt, t.task_id as TaskId,
                   v.customer_id is not null and not coalesce(c.is_deleted, p.is_deleted, true) as IsPresent,
                   v.tier as Tier, v.lifecycle as Lifecycle, v.last_purchase as LastPurchase,
                   coalesce(u.user_id, (
                       select g.granted_by from grants g
                       where g.account_id = t.account_id order by g.status = 'connected' desc, g.is_admin desc, g.updated_at desc limit 1)) as Responsible
            from customer_tasks t
            left join companies c on t.scope = 1 and c.account_id = t.account_id and c.company_id = t.customer_id
            left join contacts p on t.scope <> 1 and p.account_id = t.account_id and p.contact_id = t.customer_id
            left join users u on u.account_id = t.account_id and u.user_id = coalesce(c.responsible_user_id, p.responsible_user_id) and u.is_active
            left join customer_values v
                on v.account_id = t.account_id and v.scope = t.scope and v.customer_id = t.customer_id
            where t.account_id = @Account and t.status = @status
            order by t.value desc, t.scope, t.customer_id, t.reason
            """,
            new { Account = account.Value, status },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.Task())];
    }

    /// <summary>Tasks sent since a moment, whatever became of them.</summary>
    public async Task<int> CountSentAsync(AccountId account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*) from customer_tasks where account_id = @Account and sent_at >= @since and status in ('sending', 'created')",
            new { Account = account.Value, since },
            cancellationToken: cancellationToken));
    }

    /// <summary>Changes the status of tasks behind the fence.</summary>
    /// <param name="run">The run.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="status">The new status.</param>
    /// <param name="sentAt">When they are sent; null where they are not on their way.</param>
    /// <param name="error">Why they were refused or dropped.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task MarkAsync(
        RunContext run, IReadOnlyCollection<StoredTask> tasks, string status, DateTimeOffset? sentAt, string? error, CancellationToken cancellationToken) =>
        InFenceAsync(
            run,
            """
            update customer_tasks t
            set status = @status, sent_at = case when @status = 'sending' then @sentAt when @status = 'waiting' then null else t.sent_at end,
                error = @error, responsible_user_id = coalesce(named.responsible, t.responsible_user_id)
            from unnest(@Scopes, @Ids, @Keys, @Users) as named (scope, customer_id, reason, responsible)
            where t.account_id = @Account and t.scope = named.scope and t.customer_id = named.customer_id and t.reason = named.reason
            """,
            new
            {
                Account = run.Account.Value,
                status,
                sentAt,
                error,
                Scopes = tasks.Select(task => (short)task.Customer.Scope).ToArray(),
                Ids = tasks.Select(task => task.Customer.Id).ToArray(),
                Keys = tasks.Select(task => task.Key).ToArray(),
                Users = tasks.Select(task => task.Responsible?.Value).ToArray(),
            },
            cancellationToken);

    /// <summary>Stores the CRM's numbers of created tasks.</summary>
    public Task ConfirmAsync(RunContext run, IReadOnlyCollection<(StoredTask Task, long Id)> created, CancellationToken cancellationToken) =>
        InFenceAsync(
            run,
            """
            update customer_tasks t set status = 'created', task_id = named.task_id, outcome = 'open', error = null
            from unnest(@Scopes, @Ids, @Keys, @Numbers) as named (scope, customer_id, reason, task_id)
            where t.account_id = @Account and t.scope = named.scope and t.customer_id = named.customer_id and t.reason = named.reason
            """,
            new
            {
                Account = run.Account.Value,
                Scopes = created.Select(one => (short)one.Task.Customer.Scope).ToArray(),
                Ids = created.Select(one => one.Task.Customer.Id).ToArray(),
                Keys = created.Select(one => one.Task.Key).ToArray(),
                Numbers = created.Select(one => one.Id).ToArray(),
            },
            cancellationToken);

    internal static string Code(TaskKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    internal async Task InFenceAsync(RunContext run, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private sealed class Row
    {
        public required int Scope { get; init; }

        public required long CustomerId { get; init; }

        public required string Key { get; init; }

        public required string Kind { get; init; }

        public required string FromSegment { get; init; }

        public required string ToSegment { get; init; }

        public required decimal Value { get; init; }

        public required string Marker { get; init; }

        public required DateTime FoundAt { get; init; }

        public long? TaskId { get; init; }

        public bool IsPresent { get; init; }

        public string? Tier { get; init; }

        public string? Lifecycle { get; init; }

        public DateOnly? LastPurchase { get; init; }

        public long? Responsible { get; init; }

        public StoredTask Task() => new(
            new CustomerKey((CustomerScope)Scope, CustomerId), Key, Enum.Parse<TaskKind>(Kind, ignoreCase: true), FromSegment, ToSegment, Value, Marker,
            new DateTimeOffset(FoundAt), TaskId, IsPresent ? new ClientState(Tier, MoveStore.State(Lifecycle), LastPurchase) : null,
            Responsible is { } user ? new UserId(user) : null);
    }
}
