using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>Takes what people ask for, where it makes sense.</summary>
public sealed class RequestDesk(NpgsqlDataSource database, RunRequestStore requests, RunReader runs)
{
    public async Task<Results<Accepted<RequestAnswer>, ProblemHttpResult>> AskAsync(Caller caller, RequestBody body, CancellationToken cancellationToken)
    {
        if (RequestKind.Steps(body.Kind) is not { } steps)
        {
            return OperationProblem.Wrong($"Nobody can ask for '{body.Kind}': {RequestKind.Recalculate}, {RequestKind.Preview}, {RequestKind.FreshPreview}, {RequestKind.WriteBack} or {RequestKind.Undo}.");
        }

        if ((body.Kind == RequestKind.Undo) != body.Undoes is not null)
        {
            return OperationProblem.Wrong("Name the run whose writes are taken back, and only for that.");
        }

        if (await RefusalAsync(caller.Account, body, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var undoes = body.Undoes is { } run ? new RunId(run) : (RunId?)null;
        var answer = await requests.AskAsync(caller.Account, caller.User, steps, undoes, cancellationToken);
        return TypedResults.Accepted($"/api/operations/requests/{answer.Id}", answer);
    }

    private async Task<ProblemHttpResult?> RefusalAsync(AccountId account, RequestBody body, CancellationToken cancellationToken)
    {
        if (body.Undoes is { } undone)
        {
            return await runs.FindAsync(account, undone, cancellationToken) switch
            {
                null => OperationProblem.NoRun(undone),
                { CanUndo: false } => OperationProblem.NothingWritten(new RunId(undone)),
                _ => null,
            };
        }

        return body.Kind == RequestKind.Recalculate || await IsWriteBackOnAsync(account, cancellationToken) ? null : OperationProblem.WriteBackOff();
    }

    private async Task<bool> IsWriteBackOnAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from output_fields where account_id = @Account and (is_on or off_reason = 'reading'))",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
    }
}
