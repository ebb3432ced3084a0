using System.Security.Cryptography;
using System.Text.Json;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Analytics.Answers;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Analytics;

/// <summary>Endpoints of the analytics tabs. Who is no analyst sees its own clients alone.</summary>
public static class AnalyticsEndpoints
{
    public const string Root = "/api/analytics";

    public static IEndpointRouteBuilder MapAnalytics(this IEndpointRouteBuilder endpoints)
    {
        var own = endpoints.MapGroup(Root).WithTags("Analytics").WithSummary("Analytics of the clients the caller may see: all of them, or the caller's own.").RequireCaller().AddEndpointFilter<AnalyticsFilter>();
        own.MapGet("/overview", (HttpContext http, AnswerReader reader) =>
            AnswerAsync(http, (caller, stop) => reader.OverviewAsync(caller.Account, caller.OwnClients(), stop))).Produces<OverviewAnswer>();
        own.MapGet("/segments", (HttpContext http, AnswerReader reader) =>
            AnswerAsync(http, (caller, stop) => reader.SegmentsAsync(caller.Account, caller.OwnClients(), stop))).Produces<SegmentsAnswer>();
        own.MapGet("/products", (HttpContext http, ProductAnswerReader reader) =>
            AnswerAsync(http, (caller, stop) => reader.ReadAsync(caller.Account, caller.OwnClients(), stop))).Produces<ProductsAnswer>();
        own.MapGet("/tasks", TasksAsync).Produces<TasksAnswer>();
        own.MapGet("/filters", FiltersAsync).Produces<FiltersAnswer>();
        own.MapClientLists();

        var whole = endpoints.MapGroup(Root).WithTags("Analytics").WithSummary("Analytics of the whole account.").RequireAnalyst().AddEndpointFilter<AnalyticsFilter>();
        whole.MapGet("/cohorts", (HttpContext http, AnswerReader reader, string? period) =>
            AnswerAsync(http, (caller, stop) => reader.CohortsAsync(caller.Account, period == "quarter", stop))).Produces<CohortsAnswer>();
        whole.MapGet("/forecast", (HttpContext http, AnswerReader reader) =>
            AnswerAsync(http, (caller, stop) => reader.ForecastAsync(caller.Account, stop))).Produces<ForecastAnswer>();
        whole.MapGet("/channels", (HttpContext http, AnswerReader reader) =>
            AnswerAsync(http, (caller, stop) => reader.ChannelsAsync(caller.Account, stop))).Produces<ChannelsAnswer>();
        whole.MapDocument<RetentionDocument>("/retention", AnalysisKinds.Retention, isNamed: false);
        whole.MapDocument<ManagersDocument>("/managers", AnalysisKinds.Managers, isNamed: false);
        whole.MapDocument<LossesDocument>("/losses", AnalysisKinds.Losses, isNamed: true);
        whole.MapDocument<DriversDocument>("/drivers", AnalysisKinds.Drivers, isNamed: true);
        whole.MapDocument<QualityDocument>("/quality", AnalysisKinds.Quality, isNamed: false);
        whole.MapLeadLists();
        return endpoints;
    }

    private static void MapDocument<T>(this RouteGroupBuilder group, string path, string kind, bool isNamed)
        where T : class => group
        .MapGet(path, (HttpContext http, AnswerReader reader) =>
            AnswerAsync(http, (caller, stop) => reader.DocumentAsync<T>(caller.Account, kind, isNamed, stop)))
        .Produces<DocumentAnswer<T>>();

    private static async Task<IResult> TasksAsync(HttpContext http, TaskSumStore tasks)
    {
        var caller = http.Features.GetRequiredFeature<Caller>();
        return Json(new TasksAnswer(
            await tasks.IsEnabledAsync(caller.Account, http.RequestAborted),
            await tasks.ReadAsync(caller.Account, caller.OwnClients(), http.RequestAborted)));
    }

    private static async Task<IResult> FiltersAsync(HttpContext http, FilterStore filters, Settings.SettingsStore settings)
    {
        var caller = http.Features.GetRequiredFeature<Caller>();
        var tiers = (await settings.GetAsync(caller.Account, http.RequestAborted)).Settings.Tiers.Tiers;
        var (channels, managers) = await filters.ReadAsync(caller.Account, caller.OwnClients(), http.RequestAborted);
        return Json(new FiltersAnswer(tiers, channels, managers));
    }

    /// <summary>
    /// An answer that mostly stays the same until the next analysis: a browser that has it gets 304 for it. Its tag is made of what it says,
    /// since names, settings and what was learned change between analyses too.
    /// </summary>
    private static async Task<IResult> AnswerAsync<T>(HttpContext http, Func<Caller, CancellationToken, Task<T?>> make)
        where T : class
    {
        if (await make(http.Features.GetRequiredFeature<Caller>(), http.RequestAborted) is not { } answer)
        {
            return NotAnalysed();
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(answer, SettingsJson.Options);
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.ETag = tag;
        return http.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(body, "application/json; charset=utf-8");
    }

    private static ProblemHttpResult NotAnalysed() => CallerProblem.Of(
        StatusCodes.Status404NotFound, "notAnalysed", "There are no analyses yet: they appear after the first recalculation of the account.");

    internal static JsonHttpResult<T> Json<T>(T answer) => TypedResults.Json(answer, SettingsJson.Options);
}
