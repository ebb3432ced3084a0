using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Callers;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Settings;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>Endpoints of what is written back: which numbers, into which fields, how fast, in which language.</summary>
public static class WriteBackSettingsEndpoints
{
    /// <summary>A page that is left breaks no write off.</summary>
    private static readonly CancellationToken Unbroken = CancellationToken.None;

    public static IEndpointRouteBuilder MapWriteBackSettings(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapSettingsGroup("/write-back");
        group.MapGet("/", GetAsync).WithSummary("Shows which numbers are written into which fields, how fast and in which language.");
        group.MapPut("/rate", PutRateAsync).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Sets how fast is written.");
        group.MapPut("/language", PutLanguageAsync).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Sets the language of texts in the fields.");
        group.MapPost("/preview", PreviewAsync).WithSummary("Shows which fields would be made and which are there; asks the CRM, changes nothing.");
        group.MapPost("/enable", EnableAsync).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Makes missing fields and switches on exactly these numbers; none switches all off.");
        group.MapGet("/fitting", ListFittingAsync).WithSummary("Lists fields of the CRM that a number could go into.");
        group.MapPost("/map", MapAsync).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Lets a number go into a field the account already has.");
        return endpoints;
    }

    private static async Task<Ok<WriteBackDocument>> GetAsync(HttpContext http, WriteBackReader reader) =>
        TypedResults.Ok(await reader.ReadAsync(http.Caller().Account, http.RequestAborted));

    private static Task<Ok<WriteBackDocument>> PutRateAsync(WriteBackRate body, HttpContext http, TrailedChange changes, WriteBackReader reader) =>
        SetAsync(http, changes, reader, body.Seen, (connection, caller) =>
            WriteBackSettingsStore.SetRateAsync(connection, caller.Account, body.CardsPerMinute, body.MinutesARun, Unbroken));

    private static Task<Ok<WriteBackDocument>> PutLanguageAsync(WriteBackLanguage body, HttpContext http, TrailedChange changes, WriteBackReader reader) =>
        SetAsync(http, changes, reader, body.Seen, (connection, caller) =>
            WriteBackSettingsStore.SetLanguageAsync(connection, caller.Account, body.Language, Unbroken));

    private static async Task<Ok<IReadOnlyList<WriteBackChoice>>> PreviewAsync(WriteBackWish body, HttpContext http, WriteBackEnabling enabling)
    {
        var choices = await enabling.PreviewAsync(http.Caller().Account, body.ToSelection(), http.RequestAborted);
        return TypedResults.Ok<IReadOnlyList<WriteBackChoice>>([.. choices.Select(WriteBackChoice.Of)]);
    }

    private static Task<Ok<WriteBackDocument>> EnableAsync(WriteBackWish body, HttpContext http, WriteBackEnabling enabling, WriteBackReader reader, TrailStore trail)
    {
        var selection = body.ToSelection();
        return ChangeAsync(http, reader, trail, body.Seen, (account, witness) => enabling.EnableAsync(account, selection, witness, Unbroken));
    }

    private static async Task<Ok<IReadOnlyList<WriteBackField>>> ListFittingAsync(string? entity, string? output, HttpContext http, FieldMapping mapping)
    {
        var (kind, number) = Named(entity, output);
        var fields = await mapping.ListFittingAsync(http.Caller().Account, kind, number, http.RequestAborted);
        return TypedResults.Ok<IReadOnlyList<WriteBackField>>([.. fields.Select(field => new WriteBackField(field.Id.Value, field.Name, field.Type))]);
    }

    private static Task<Ok<WriteBackDocument>> MapAsync(WriteBackMapping body, HttpContext http, FieldMapping mapping, WriteBackReader reader, TrailStore trail)
    {
        var (kind, number) = Named(body.Entity, body.Output);
        return ChangeAsync(http, reader, trail, body.Seen, (account, witness) => mapping.MapAsync(
            account, kind, number.Output, new FieldId(body.Field), witness, Unbroken));
    }

    /// <summary>A change of the tables alone.</summary>
    private static async Task<Ok<WriteBackDocument>> SetAsync(
        HttpContext http, TrailedChange changes, WriteBackReader reader, string? seen, Func<NpgsqlConnection, Caller, Task> set)
    {
        var caller = http.Caller();
        await changes.MakeAsync(
            caller,
            TrailStore.WriteBack,
            seen,
            connection => TraceAsync(connection, caller.Account),
            (connection, _) => set(connection, caller),
            Unbroken);
        return TypedResults.Ok(await reader.ReadAsync(caller.Account, Unbroken));
    }

    /// <summary>
    /// A change that asks the CRM: no transaction is open meanwhile, but nobody else changes how the account is written to until it is
    /// traced. What is begun is done and traced though the page is left.
    /// </summary>
    private static async Task<Ok<WriteBackDocument>> ChangeAsync(
        HttpContext http, WriteBackReader reader, TrailStore trail, string? seen, Func<AccountId, TurnWitness, Task> change)
    {
        var caller = http.Caller();
        WriteBackTrace? before = null;
        await change(caller.Account, new TurnWitness(
            async connection => before = await RequireSeenAsync(connection, caller, seen, trail),
            async connection => await trail.AddAsync(
                connection, caller.Account, caller.User, TrailStore.WriteBack, before!, await TraceAsync(connection, caller.Account), Unbroken)));
        return TypedResults.Ok(await reader.ReadAsync(caller.Account, Unbroken));
    }

    private static async Task<WriteBackTrace> RequireSeenAsync(NpgsqlConnection connection, Caller caller, string? seen, TrailStore trail)
    {
        var current = await TraceAsync(connection, caller.Account);
        return SeenState.Of(current) == seen ? current : throw await trail.StaleAsync(connection, caller.Account, TrailStore.WriteBack, current, Unbroken);
    }

    private static async Task<WriteBackTrace> TraceAsync(NpgsqlConnection connection, AccountId account) =>
        WriteBackTrace.Of(await WriteBackReader.ReadAsync(connection, account, Unbroken));

    private static (EntityType Entity, OutputField Output) Named(string? entity, string? output)
    {
        var kind = entity switch
        {
            "company" => EntityType.Company,
            "contact" => EntityType.Contact,
            "lead" => EntityType.Lead,
            _ => throw new CommandFailedException($"'{entity}' is no kind of card; company, contact or lead."),
        };
        return (kind, OutputFields.Of(kind).FirstOrDefault(known => known.Output == output)
            ?? throw new CommandFailedException($"'{output}' is no number that can be written there."));
    }
}
