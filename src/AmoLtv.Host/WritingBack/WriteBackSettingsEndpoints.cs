using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Callers;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.WritingBack;

/// <summary>Endpoints of what is written back: which numbers, into which fields, how fast, in which language.</summary>
public static class WriteBackSettingsEndpoints
{
    public static IEndpointRouteBuilder MapWriteBackSettings(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapSettingsGroup("/write-back");
        group.MapGet("/", GetAsync).WithSummary("Shows which numbers are written into which fields, how fast and in which language.");
        group.MapPut("/rate", PutRateAsync).WithSummary("Sets how fast is written.");
        group.MapPut("/language", PutLanguageAsync).WithSummary("Sets the language of texts in the fields.");
        group.MapPost("/preview", PreviewAsync).WithSummary("Shows which fields would be made and which are there; asks the CRM, changes nothing.");
        group.MapPost("/enable", EnableAsync).WithSummary("Makes missing fields and switches on exactly these numbers; none switches all off.");
        group.MapGet("/fitting", ListFittingAsync).WithSummary("Lists fields of the CRM that a number could go into.");
        group.MapPost("/map", MapAsync).WithSummary("Lets a number go into a field the account already has.");
        return endpoints;
    }

    private static async Task<Ok<WriteBackDocument>> GetAsync(HttpContext http, WriteBackReader reader) =>
        TypedResults.Ok(await reader.ReadAsync(http.Caller().Account, http.RequestAborted));

    private static Task<Ok<WriteBackDocument>> PutRateAsync(WriteBackRate body, HttpContext http, WriteBackSettingsStore settings, WriteBackReader reader, TrailStore trail) =>
        ChangeAsync(http, reader, trail, caller => settings.SetRateAsync(caller.Account, body.CardsPerMinute, body.MinutesARun, http.RequestAborted));

    private static Task<Ok<WriteBackDocument>> PutLanguageAsync(WriteBackLanguage body, HttpContext http, WriteBackSettingsStore settings, WriteBackReader reader, TrailStore trail) =>
        ChangeAsync(http, reader, trail, caller => settings.SetLanguageAsync(caller.Account, body.Language, http.RequestAborted));

    private static async Task<Ok<IReadOnlyList<WriteBackChoice>>> PreviewAsync(WriteBackWish body, HttpContext http, WriteBackEnabling enabling)
    {
        var choices = await enabling.PreviewAsync(http.Caller().Account, body.ToSelection(), http.RequestAborted);
        return TypedResults.Ok<IReadOnlyList<WriteBackChoice>>([.. choices.Select(WriteBackChoice.Of)]);
    }

    private static Task<Ok<WriteBackDocument>> EnableAsync(WriteBackWish body, HttpContext http, WriteBackEnabling enabling, WriteBackReader reader, TrailStore trail) =>
        ChangeAsync(http, reader, trail, caller => enabling.EnableAsync(caller.Account, body.ToSelection(), http.RequestAborted));

    private static async Task<Ok<IReadOnlyList<WriteBackField>>> ListFittingAsync(string? entity, string? output, HttpContext http, FieldMapping mapping)
    {
        var (kind, number) = Named(entity, output);
        var fields = await mapping.ListFittingAsync(http.Caller().Account, kind, number, http.RequestAborted);
        return TypedResults.Ok<IReadOnlyList<WriteBackField>>([.. fields.Select(field => new WriteBackField(field.Id.Value, field.Name, field.Type))]);
    }

    private static Task<Ok<WriteBackDocument>> MapAsync(WriteBackMapping body, HttpContext http, FieldMapping mapping, WriteBackReader reader, TrailStore trail)
    {
        var (kind, number) = Named(body.Entity, body.Output);
        return ChangeAsync(http, reader, trail, caller => mapping.MapAsync(caller.Account, kind, number.Output, new FieldId(body.Field), http.RequestAborted));
    }

    private static async Task<Ok<WriteBackDocument>> ChangeAsync(HttpContext http, WriteBackReader reader, TrailStore trail, Func<Caller, Task> change)
    {
        var caller = http.Caller();
        var before = await reader.ReadAsync(caller.Account, http.RequestAborted);
        await change(caller);
        var after = await reader.ReadAsync(caller.Account, http.RequestAborted);
        await trail.AddAsync(caller.Account, caller.User, TrailStore.WriteBack, WriteBackTrace.Of(before), WriteBackTrace.Of(after), http.RequestAborted);
        return TypedResults.Ok(after);
    }

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
