using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>SQL of runs that are asked for. Any slice may ask by a row of <c>run_requests</c>.</summary>
public sealed class RunRequestStore(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>How often a run is begun anew whose process ended before it did.</summary>
    private const int MostAttempts = 3;

    private const int MostRounds = 10;

    /// <summary>
    /// A process that loses its connection seems gone until its next renewal, and goes on: its run is left only where a renewal is overdue,
    /// so that at most this is left of the lease.
    /// </summary>
    private static readonly TimeSpan MostLeft = LeaseStore.Duration - AccountLease.RenewalPeriod - TimeSpan.FromSeconds(10);

    private const string Selection =
        """
        select q.request_id, q.steps, q.status, q.run_id, nullif(q.undoes_run_id, 0) as undoes, q.asked_by, q.asked_at,
               (select r.run_id from runs r where q.status = 'waiting' and r.account_id = q.account_id and r.epoch = a.epoch and r.status = 'running') as waits_for
        from run_requests q
        join accounts a on a.account_id = q.account_id
        """;

    /// <summary>Asks for a run, or finds the same one that was asked for and is not done.</summary>
    /// <exception cref="CommandFailedException">The account is gone.</exception>
    public async Task<RequestAnswer> AskAsync(
        AccountId account, UserId user, IReadOnlyList<string> steps, RunId? undoes, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            Account = account.Value,
            Steps = steps.ToArray(),
            Undoes = undoes?.Value ?? 0,
            User = user.Value,
            Now = time.GetUtcNow().UtcDateTime,
        };
        // One whose run has just ended is done: it does not stand in the way of the next.
        await SettleAsync(cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Once more where the one that stood in the way has just ended.
        for (var round = 0; round < MostRounds; round++)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into run_requests (account_id, steps, undoes_run_id, asked_by, asked_at)
                select account_id, @Steps, @Undoes, @User, @Now from accounts where account_id = @Account
                on conflict do nothing
                """,
                parameters,
                cancellationToken: cancellationToken));
            var row = await connection.QuerySingleOrDefaultAsync<RequestRow>(new CommandDefinition(
                $"{Selection} where q.account_id = @Account and q.steps = @Steps and q.undoes_run_id = @Undoes and q.status in ('waiting', 'begun')",
                parameters,
                cancellationToken: cancellationToken));
            if (row is not null)
            {
                return row.Read();
            }
        }

        throw new CommandFailedException($"Account {account} is not connected any more.");
    }

    /// <returns>Null where the account has no such request.</returns>
    public async Task<RequestAnswer?> FindAsync(AccountId account, long request, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<RequestRow>(new CommandDefinition(
            $"{Selection} where q.account_id = @Account and q.request_id = @request",
            new { Account = account.Value, request },
            cancellationToken: cancellationToken)))?.Read();
    }

    /// <summary>What is asked for and not done, the oldest first.</summary>
    public async Task<IReadOnlyList<RequestAnswer>> ListOpenAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<RequestRow>(new CommandDefinition(
            $"{Selection} where q.account_id = @Account and q.status in ('waiting', 'begun') order by q.request_id",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.Read())];
    }

    /// <summary>Takes back a request that has not begun.</summary>
    /// <returns>False where there is none.</returns>
    public async Task<bool> DropAsync(AccountId account, long request, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            "update run_requests set status = 'dropped' where account_id = @Account and request_id = @request and status = 'waiting'",
            new { Account = account.Value, request },
            cancellationToken: cancellationToken)) == 1;
    }

    /// <summary>The oldest request of each account that may begin now, whichever account it is of.</summary>
    public async Task<IReadOnlyList<DueRequest>> ListDueAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Account, long Id, string[] Steps, long Undoes, long? AskedBy)>(new CommandDefinition(
            """
            select distinct on (account_id) account_id, request_id, steps, undoes_run_id, asked_by
            from run_requests
            where status = 'waiting' and not_before <= clock_timestamp()
            order by account_id, request_id
            """,
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new DueRequest(
            new AccountId(row.Account), row.Id, row.Steps, row.Undoes == 0 ? null : new RunId(row.Undoes), row.AskedBy is { } user ? new UserId(user) : null))];
    }

    /// <summary>Leaves a request alone for a while.</summary>
    public async Task PostponeAsync(DueRequest request, TimeSpan pause, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "update run_requests set not_before = clock_timestamp() + @pause where account_id = @Account and request_id = @Id",
            new { Account = request.Account.Value, request.Id, pause },
            cancellationToken: cancellationToken));
    }

    /// <summary>
    /// Ends requests whose run is over. A run that its process left, that a stopping service broke off, or that lost its account to another
    /// run, is wanted again.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            update run_requests q
            set status = case when run.is_over or q.attempts >= {MostAttempts} then 'ended' else 'waiting' end,
                run_id = case when run.is_over or q.attempts >= {MostAttempts} then q.run_id end
            from (
                select r.account_id, r.run_id,
                       r.status = 'finished' or r.status = 'failed' and r.error_code is distinct from '{FailureCode.TakenOver}'
                       or r.cancel_asked_at is not null as is_over
                from runs r
                join accounts a on a.account_id = r.account_id
                where r.status <> 'running' or a.epoch <> r.epoch
                      or {LeaseStore.IsFree} and (a.lease_expires_at is null or a.lease_expires_at <= clock_timestamp() + @MostLeft)) run
            where q.status = 'begun' and run.account_id = q.account_id and run.run_id = q.run_id
            """,
            new { MostLeft },
            cancellationToken: cancellationToken));
    }

    private sealed class RequestRow
    {
        public required long RequestId { get; init; }

        public required string[] Steps { get; init; }

        public required string Status { get; init; }

        public long? RunId { get; init; }

        public long? Undoes { get; init; }

        public long? AskedBy { get; init; }

        public required DateTime AskedAt { get; init; }

        public long? WaitsFor { get; init; }

        public RequestAnswer Read() => new(RequestId, RequestKind.Of(Steps), Steps, Status, RunId, Undoes, AskedBy, AskedAt, WaitsFor);
    }
}
