using System.Text.Json;
using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Running;

/// <summary>SQL of runs and their steps.</summary>
public sealed class RunStore(NpgsqlDataSource database)
{
    /// <summary>Claims the account, marks what a dead run left as interrupted, and begins a run, in one transaction.</summary>
    /// <returns>The run that began, or the finished one of the same moment; null where another live run holds the account or the request no longer waits.</returns>
    /// <exception cref="AccountHeldException">Nobody asked for the run, and the account rests: its runs keep ending with their process.</exception>
    public async Task<BegunRun?> TryBeginAsync(
        AccountId account, string holder, RunRequest request, IReadOnlyList<string> steps, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var isAutomatic = RunCause.IsAutomatic(request.Cause);
        if (isAutomatic && await FindRestAsync(transaction, account, now, cancellationToken) is { } resting
            && !await HasOrphanAsync(transaction, account, cancellationToken))
        {
            // Before the account is claimed: who looks every few seconds writes nothing.
            throw new AccountHeldException(resting);
        }

        var epoch = await LeaseStore.ClaimAsync(transaction, account, holder, cancellationToken);
        if (epoch is null)
        {
            return null;
        }

        if (request.Due is { } due && await FindFinishedAsync(transaction, account, due, cancellationToken) is { } finished)
        {
            return new BegunRun(new RunId(finished), null);
        }

        await InterruptOrphansAsync(transaction, account, now, cancellationToken);
        if (isAutomatic && await FindRestAsync(transaction, account, now, cancellationToken) is { } rest)
        {
            await LeaseStore.GiveBackAsync(transaction, account, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            throw new AccountHeldException(rest);
        }

        var run = await connection.QuerySingleAsync<long>(new CommandDefinition(
            """
            insert into runs (account_id, epoch, cause, steps, as_of, asked_by, due_at, status, started_at)
            values (@Account, @epoch, @Cause, @steps, @AsOf, @AskedBy, @Due, 'running', @now)
            returning run_id
            """,
            new { Account = account.Value, epoch, request.Cause, steps = steps.ToArray(), request.AsOf, AskedBy = request.AskedBy?.Value, Due = request.Due?.ToUniversalTime(), now },
            transaction,
            cancellationToken: cancellationToken));
        if (request.Request is { } asked && !await AnswerAsync(transaction, account, asked, run, cancellationToken))
        {
            return null;
        }

        await transaction.CommitAsync(cancellationToken);
        return new BegunRun(new RunId(run), epoch);
    }

    public async Task BeginStepAsync(RunContext run, string step, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into run_steps (account_id, run_id, step, status, started_at)
            values (@Account, @Run, @step, 'running', @now)
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, step, now },
            cancellationToken: cancellationToken));
    }

    public async Task SaveProgressAsync(RunContext run, string step, StepProgress progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update run_steps set done = @Done, total = @Total, note = @Note
            where account_id = @Account and run_id = @Run and step = @step and status = 'running'
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, step, progress.Done, progress.Total, progress.Note },
            cancellationToken: cancellationToken));
    }

    /// <summary>Ends a step, unless the run was interrupted meanwhile.</summary>
    public async Task EndStepAsync(
        RunContext run, string step, string status, IReadOnlyDictionary<string, long> counts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update run_steps set status = @status, counts = @counts::jsonb, finished_at = @now
            where account_id = @Account and run_id = @Run and step = @step and status = 'running'
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, step, status, counts = JsonSerializer.Serialize(counts), now },
            cancellationToken: cancellationToken));
    }

    /// <summary>Whether a person wants the run to end.</summary>
    public async Task<bool> IsCancelAskedAsync(RunContext run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select cancel_asked_at is not null from runs where account_id = @Account and run_id = @Run",
            new { Account = run.Account.Value, Run = run.Run.Value },
            cancellationToken: cancellationToken));
    }

    /// <summary>Ends a run, unless it was interrupted meanwhile.</summary>
    public async Task EndAsync(RunContext run, RunEnd end, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update runs set status = @Status, error = @Error, error_code = @Code, finished_at = @now
            where account_id = @Account and run_id = @Run and status = 'running'
            """,
            new { Account = run.Account.Value, Run = run.Run.Value, end.Status, end.Error, end.Code, now },
            cancellationToken: cancellationToken));
    }

    /// <summary>Accounts in the order of their numbers.</summary>
    public async Task<IReadOnlyList<AccountId>> ListAccountsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ids = await connection.QueryAsync<long>(new CommandDefinition(
            "select account_id from accounts order by account_id", cancellationToken: cancellationToken));
        return [.. ids.Select(id => new AccountId(id))];
    }

    private static Task<long?> FindFinishedAsync(NpgsqlTransaction transaction, AccountId account, DateTimeOffset due, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            "select max(run_id) from runs where account_id = @Account and due_at = @due and status = 'finished'",
            new { Account = account.Value, due = due.ToUniversalTime() },
            transaction,
            cancellationToken: cancellationToken));

    /// <returns>In words until when the account rests and why; null where it does not.</returns>
    private static async Task<string?> FindRestAsync(NpgsqlTransaction transaction, AccountId account, DateTimeOffset now, CancellationToken cancellationToken) =>
        await FindDeathsAsync(transaction, account, cancellationToken) is { } deaths
            && deaths.Last + RestRule.After(account, deaths.Count) is var until && until > now
            ? $"Account {account} rests until {until.UtcDateTime:u}: step {deaths.Step} ended with its process {deaths.Count} times in a row, " +
              $"the last time at {deaths.Last.UtcDateTime:u}. See how much memory it takes and what the log says before that moment; whoever asks for a run gets it at once."
            : null;

    /// <returns>The step that most often ended with its process since it was last finished; null where none did.</returns>
    private static async Task<StepDeaths?> FindDeathsAsync(NpgsqlTransaction transaction, AccountId account, CancellationToken cancellationToken) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<(string Step, long Count, DateTime Last)?>(new CommandDefinition(
            """
            select s.step, count(*), max(s.finished_at)
            from run_steps s
            where s.account_id = @Account and s.status = 'interrupted'
              and not exists (
                  select from run_steps done
                  where done.account_id = s.account_id and done.step = s.step and done.run_id > s.run_id and done.status = 'finished')
            group by s.step
            order by 2 desc, 3 desc
            limit 1
            """,
            new { Account = account.Value },
            transaction,
            cancellationToken: cancellationToken)) is { } row
            ? new StepDeaths(row.Step, (int)row.Count, new DateTimeOffset(row.Last))
            : null;

    /// <returns>False where the request no longer waits: somebody took it back, or another process answered it.</returns>
    private static async Task<bool> AnswerAsync(
        NpgsqlTransaction transaction, AccountId account, long request, long run, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            update run_requests set status = 'begun', run_id = @run, attempts = attempts + 1
            where account_id = @Account and request_id = @request and status = 'waiting'
            """,
            new { Account = account.Value, request, run },
            transaction,
            cancellationToken: cancellationToken)) == 1;

    /// <summary>Whether a run is under way, or was when its process ended and nobody has said so yet.</summary>
    private static Task<bool> HasOrphanAsync(NpgsqlTransaction transaction, AccountId account, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from runs where account_id = @Account and status = 'running')",
            new { Account = account.Value },
            transaction,
            cancellationToken: cancellationToken));

    private static Task<int> InterruptOrphansAsync(
        NpgsqlTransaction transaction, AccountId account, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            update run_steps s set status = 'interrupted', finished_at = @now
            from runs r
            where s.account_id = @Account and s.status = 'running'
              and r.account_id = s.account_id and r.run_id = s.run_id and r.status = 'running';
            update runs
            set status = 'interrupted', finished_at = @now, error_code = 'interrupted',
                error = 'The process that ran it stopped or froze; the next run continues from where it was.'
            where account_id = @Account and status = 'running';
            """,
            new { Account = account.Value, now },
            transaction,
            cancellationToken: cancellationToken));

    /// <param name="Step">The step.</param>
    /// <param name="Count">How often it ended with its process since it was last finished, 1 at least.</param>
    /// <param name="Last">When a later run found that out for the last time.</param>
    private sealed record StepDeaths(string Step, int Count, DateTimeOffset Last);
}
