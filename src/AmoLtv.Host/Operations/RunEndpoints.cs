using System.Globalization;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Operations;

/// <summary>The endpoints of runs: their history, their progress, what they changed, how they are ended and taken back.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this RouteGroupBuilder group)
    {
        group.MapGet("/runs", ListAsync)
            .WithSummary("Runs, the newest first: main ones, all, or those with errors.");
        group.MapGet("/runs/{run:long}", FindAsync)
            .WithSummary("One run with its steps.");
        group.MapGet("/runs/{run:long}/progress", ProgressAsync)
            .WithSummary("The progress of a run as newline-delimited JSON, until it ends.")
            .Produces<ProgressEvent>(StatusCodes.Status200OK, "application/x-ndjson");
        group.MapPost("/runs/{run:long}/cancel", CancelAsync)
            .WithSummary("Asks a run to end; what it has done stays.");
        group.MapGet("/runs/{run:long}/changes", ChangesAsync)
            .WithSummary("Fields that a run changed or would change, before and after.");
        group.MapGet("/runs/{run:long}/changes/summary", SummaryAsync)
            .WithSummary("How many fields of a run have which fate.");
        group.MapGet("/runs/{run:long}/changes.csv", SheetAsync)
            .WithSummary("Fields that a run changed or would change, as a file.")
            .GivesSheet();
        group.MapGet("/runs/{run:long}/undo", UndoAsync)
            .WithSummary("What taking back a run would restore, as far as the CRM was read.");
        group.MapGet("/runs/{run:long}/undo/changes", UndoChangesAsync)
            .WithSummary("Field by field, what taking back a run would restore.");
    }

    private static async Task<Ok<Paged<RunAnswer>>> ListAsync(HttpContext http, RunReader runs, string? choice, string? cursor, int? limit)
    {
        var size = PageSize.Of(limit);
        var found = await runs.ListAsync(OperationsEndpoints.Account(http), choice, PageSize.Numbers(cursor, 1)?[0], size + 1, http.RequestAborted);
        return TypedResults.Ok(PageSize.Page(found, size, run => run.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<RunAnswer>, ProblemHttpResult>> FindAsync(long run, HttpContext http, RunReader runs) =>
        await runs.FindAsync(OperationsEndpoints.Account(http), run, http.RequestAborted) is { } answer
            ? TypedResults.Ok(answer)
            : OperationProblem.NoRun(run);

    private static async Task<IResult> ProgressAsync(long run, HttpContext http, RunReader runs, ProgressTelling stream)
    {
        var account = OperationsEndpoints.Account(http);
        if (await runs.FindAsync(account, run, http.RequestAborted) is not { } first)
        {
            return OperationProblem.NoRun(run);
        }

        await stream.WriteAsync(http, account, first);
        return Results.Empty;
    }

    private static async Task<Results<Accepted<RunAnswer>, ProblemHttpResult>> CancelAsync(long run, HttpContext http, RunReader runs)
    {
        var caller = OperationsEndpoints.Caller(http);
        var isAsked = await runs.CancelAsync(caller.Account, run, caller.User, http.RequestAborted);
        return await runs.FindAsync(caller.Account, run, http.RequestAborted) switch
        {
            null => OperationProblem.NoRun(run),
            _ when !isAsked => OperationProblem.NotRunning(run),
            { } answer => TypedResults.Accepted($"/api/operations/runs/{run}", answer),
        };
    }

    private static async Task<Results<Ok<Paged<FieldChange>>, ProblemHttpResult>> ChangesAsync(
        long run, HttpContext http, RunReader runs, ChangeReader changes, string? card, long? field, string? status, string? cursor, int? limit)
    {
        var account = OperationsEndpoints.Account(http);
        return await runs.FindAsync(account, run, http.RequestAborted) is null
            ? OperationProblem.NoRun(run)
            : TypedResults.Ok(await changes.ListAsync(
                account, run, new ChangeFilter(CardKind.Read(card), field, status), cursor, PageSize.Of(limit), http.RequestAborted));
    }

    private static async Task<Results<Ok<IReadOnlyList<ChangeGroup>>, ProblemHttpResult>> SummaryAsync(
        long run, HttpContext http, RunReader runs, ChangeReader changes)
    {
        var account = OperationsEndpoints.Account(http);
        return await runs.FindAsync(account, run, http.RequestAborted) is null
            ? OperationProblem.NoRun(run)
            : TypedResults.Ok(await changes.SummaryAsync(account, run, http.RequestAborted));
    }

    private static async Task<IResult> SheetAsync(
        long run, HttpContext http, RunReader runs, ChangeReader changes, AccountZone zones, string? card, long? field, string? status, string? language)
    {
        var account = OperationsEndpoints.Account(http);
        if (await runs.FindAsync(account, run, http.RequestAborted) is null)
        {
            return OperationProblem.NoRun(run);
        }

        return await CsvFile<FieldChange>.BeginAsync(
            string.Create(CultureInfo.InvariantCulture, $"changes-{run}"), ChangeSheet.Columns(await zones.ReadAsync(account, http.RequestAborted)), language,
            changes.ReadAllAsync(account, run, new ChangeFilter(CardKind.Read(card), field, status), http.RequestAborted), http.RequestAborted);
    }

    private static async Task<Results<Ok<UndoPreview>, ProblemHttpResult>> UndoAsync(long run, HttpContext http, RunReader runs, UndoReader undo)
    {
        var account = OperationsEndpoints.Account(http);
        return await runs.FindAsync(account, run, http.RequestAborted) is null
            ? OperationProblem.NoRun(run)
            : TypedResults.Ok(await undo.SummaryAsync(account, run, http.RequestAborted));
    }

    private static async Task<Results<Ok<Paged<UndoChange>>, ProblemHttpResult>> UndoChangesAsync(
        long run, HttpContext http, RunReader runs, UndoReader undo, string? cursor, int? limit)
    {
        var account = OperationsEndpoints.Account(http);
        return await runs.FindAsync(account, run, http.RequestAborted) is null
            ? OperationProblem.NoRun(run)
            : TypedResults.Ok(await undo.ListAsync(account, run, cursor, PageSize.Of(limit), http.RequestAborted));
    }
}
