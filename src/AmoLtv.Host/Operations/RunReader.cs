using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>Reads runs with their steps, and takes the wish to cancel one.</summary>
public sealed class RunReader(NpgsqlDataSource database, TimeProvider time)
{
    // A run whose process is gone is interrupted, though nobody has come yet to say so in its row.
    // A limited subquery instead of exists: with many runs PostgreSQL would read every written field there is, once, to look each run up in what it read.
    private const string Selection =
        $"""
        select r.run_id, r.cause, r.steps, r.started_at, r.finished_at, r.error, r.asked_by, r.cancel_asked_at is not null as is_cancel_asked, r.cancel_asked_by,
               case when r.status = 'running' and (a.epoch <> r.epoch or {LeaseStore.IsFree}) then 'interrupted' else r.status end as status,
               case when r.status = 'running' and (a.epoch <> r.epoch or {LeaseStore.IsFree}) then 'interrupted' else r.error_code end as code,
               (select u.undone_run_id from undos u where u.account_id = r.account_id and u.run_id = r.run_id) as undoes,
               (select max(u.run_id) from undos u join runs d on d.account_id = u.account_id and d.run_id = u.run_id
                where u.account_id = r.account_id and u.undone_run_id = r.run_id
                  and (d.status = 'finished' or exists (
                      select from field_writes w where w.account_id = d.account_id and w.run_id = d.run_id and w.status = 'confirmed'))) as undone_by,
               r.steps && array['write-back', 'undo'] and coalesce((
                   select true from field_writes w where w.account_id = r.account_id and w.run_id = r.run_id and w.status = 'confirmed' limit 1), false) as can_undo
        from runs r
        join accounts a on a.account_id = r.account_id
        """;

    /// <summary>Runs, the newest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="choice">main: without those that only followed changes and went well; failed: those with an error; else all.</param>
    /// <param name="before">Runs with smaller numbers; null for the newest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<RunAnswer>> ListAsync(
        AccountId account, string? choice, long? before, int limit, CancellationToken cancellationToken)
    {
        var chosen = choice switch
        {
            "main" => "and (r.cause <> 'change' or r.status <> 'finished' or r.error is not null)",
            "failed" => "and (r.status in ('failed', 'interrupted') or r.error is not null)",
            _ => "",
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<RunRow>(new CommandDefinition(
            $"{Selection} where r.account_id = @Account and r.run_id < coalesce(@before, 9223372036854775807) {chosen} order by r.run_id desc limit @limit",
            new { Account = account.Value, before, limit },
            cancellationToken: cancellationToken));
        return await WithStepsAsync(connection, account, rows.AsList(), cancellationToken);
    }

    /// <returns>Null where the account has no such run.</returns>
    public async Task<RunAnswer?> FindAsync(AccountId account, long run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<RunRow>(new CommandDefinition(
            $"{Selection} where r.account_id = @Account and r.run_id = @run", new { Account = account.Value, run }, cancellationToken: cancellationToken));
        return await WithStepsAsync(connection, account, rows.AsList(), cancellationToken) is [var found] ? found : null;
    }

    /// <summary>The run that works on the account now; null where none does.</summary>
    public async Task<RunAnswer?> FindRunningAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<RunRow>(new CommandDefinition(
            $"{Selection} where r.account_id = @Account and r.status = 'running' and r.epoch = a.epoch and not {LeaseStore.IsFree}",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return await WithStepsAsync(connection, account, rows.AsList(), cancellationToken) is [var found] ? found : null;
    }

    /// <summary>Puts down that a person wants a run to end; its own process reads it within a second or two.</summary>
    /// <returns>False where the run is not running.</returns>
    public async Task<bool> CancelAsync(AccountId account, long run, UserId user, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            update runs set cancel_asked_at = coalesce(cancel_asked_at, @Now), cancel_asked_by = coalesce(cancel_asked_by, @User)
            where account_id = @Account and run_id = @run and status = 'running'
            """,
            new { Account = account.Value, run, User = user.Value, Now = time.GetUtcNow().UtcDateTime },
            cancellationToken: cancellationToken)) == 1;
    }

    private async Task<IReadOnlyList<RunAnswer>> WithStepsAsync(
        NpgsqlConnection connection, AccountId account, List<RunRow> runs, CancellationToken cancellationToken)
    {
        var steps = (await connection.QueryAsync<StepRow>(new CommandDefinition(
            """
            select run_id, step, status, done, total, note, counts::text as counts, started_at, finished_at
            from run_steps
            where account_id = @Account and run_id = any(@Runs)
            """,
            new { Account = account.Value, Runs = runs.ConvertAll(run => run.RunId).ToArray() },
            cancellationToken: cancellationToken))).ToLookup(step => step.RunId);
        var now = time.GetUtcNow().UtcDateTime;
        return runs.ConvertAll(run => run.Read(steps[run.RunId].ToDictionary(step => step.Step, StringComparer.Ordinal), now));
    }

    private sealed class RunRow
    {
        public required long RunId { get; init; }

        public required string Cause { get; init; }

        public required string[] Steps { get; init; }

        public required string Status { get; init; }

        public required DateTime StartedAt { get; init; }

        public DateTime? FinishedAt { get; init; }

        public string? Code { get; init; }

        public string? Error { get; init; }

        public long? AskedBy { get; init; }

        public bool IsCancelAsked { get; init; }

        public long? CancelAskedBy { get; init; }

        public long? Undoes { get; init; }

        public long? UndoneBy { get; init; }

        public bool CanUndo { get; init; }

        public RunAnswer Read(Dictionary<string, StepRow> begun, DateTime now)
        {
            var isRunning = Status == RunStatus.Running;
            var end = FinishedAt ?? (isRunning ? now : begun.Values.Select(step => step.FinishedAt ?? step.StartedAt).DefaultIfEmpty(StartedAt).Max());
            return new RunAnswer(
                RunId, Cause, RequestKind.Of(Steps), Status, StartedAt, FinishedAt, Math.Round(Math.Max(0, (end - StartedAt).TotalSeconds), 1), Code, Error,
                AskedBy, isRunning && IsCancelAsked, CancelAskedBy, Undoes, UndoneBy, CanUndo,
                [.. Steps.Select(step => begun.TryGetValue(step, out var row) ? row.Read(isRunning) : RunStepAnswer.NotBegun(step, isRunning))]);
        }
    }

    private sealed class StepRow
    {
        public required long RunId { get; init; }

        public required string Step { get; init; }

        public required string Status { get; init; }

        public long Done { get; init; }

        public long? Total { get; init; }

        public string? Note { get; init; }

        public required string Counts { get; init; }

        public required DateTime StartedAt { get; init; }

        public DateTime? FinishedAt { get; init; }

        public RunStepAnswer Read(bool isRunning) => new(
            Step, Status == RunStatus.Running && !isRunning ? RunStatus.Interrupted : Status, Done, Total, Note,
            JsonSerializer.Deserialize<Dictionary<string, long>>(Counts) ?? [], StartedAt, FinishedAt);
    }
}
