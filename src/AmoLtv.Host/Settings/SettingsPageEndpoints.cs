using AmoLtv.Core.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Settings;

/// <summary>Endpoints of the settings themselves: in force, to choose from, saved versions, drafts.</summary>
public static class SettingsPageEndpoints
{
    public static IEndpointRouteBuilder MapSettingsPage(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapSettingsGroup("");
        group.MapGet("/", GetAsync).Produces<SettingsDocument>()
            .WithSummary("Shows the settings in force, and what stands between them and the numbers.");
        group.MapPut("/", (SettingsSave body, HttpContext http, SettingsSaving saving) => saving.SaveAsync(http.Caller(), body, http.RequestAborted))
            .Produces<SettingsSaved>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Saves all settings as the next version, unless somebody else has saved since they were read.");
        group.MapGet("/catalog", GetCatalogAsync).WithSummary("Lists pipelines, stages, custom fields and channels that settings may name.");
        group.MapGet("/tags", GetTagsAsync).WithSummary("Lists tags of deals, the most frequent first.");
        group.MapGet("/versions", GetVersionsAsync).Produces<Paged<SavedSettings>>().WithSummary("Lists saved versions, the newest first.");
        group.MapGet("/versions/{version:int}", GetVersionAsync).Produces<SavedSettings>().WithSummary("Shows one version; 0 is what is recommended.");
        group.MapPost("/versions/{version:int}/restore", (int version, SettingsRestore body, HttpContext http, SettingsSaving saving) =>
            saving.RestoreAsync(http.Caller(), version, body, http.RequestAborted))
            .Produces<SettingsSaved>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Goes back to a version by saving it anew.");
        group.MapGet("/trail", GetTrailAsync).WithSummary("Lists who changed write-back, tasks, notices and currency, the newest first.");
        group.MapPost("/currency/confirm", ConfirmCurrencyAsync).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Confirms that amounts are in the currency that was shown, unless the CRM names another one by now.");
        group.MapGet("/draft", GetDraftAsync).Produces<SettingsDraft>().WithSummary("Shows the settings the user has begun and not saved; 204 where there are none.");
        group.MapPut("/draft", PutDraftAsync).WithSummary("Keeps settings that are not saved yet, for the user who began them.");
        group.MapDelete("/draft", DeleteDraftAsync).WithSummary("Forgets settings that the user has begun.");
        endpoints.MapExclusions();
        endpoints.MapSpend();
        return endpoints;
    }

    private static async Task<JsonHttpResult<SettingsDocument>> GetAsync(HttpContext http, SettingsReader reader) =>
        TypedResults.Json(await reader.ReadAsync(http.Caller().Account, http.RequestAborted), SettingsJson.Options);

    private static async Task<Ok<SettingsCatalog>> GetCatalogAsync(HttpContext http, CatalogStore catalog) =>
        TypedResults.Ok(await catalog.ReadAsync(http.Caller().Account, http.RequestAborted));

    private static async Task<Ok<IReadOnlyList<string>>> GetTagsAsync(HttpContext http, CatalogStore catalog) =>
        TypedResults.Ok(await catalog.ListTagsAsync(http.Caller().Account, http.RequestAborted));

    private static async Task<JsonHttpResult<Paged<SavedSettings>>> GetVersionsAsync(HttpContext http, SettingsStore store, string? cursor, int? limit)
    {
        var size = PageSize.Of(limit);
        var found = await store.ListAsync(http.Caller().Account, PageSize.Cursor(cursor), size + 1, http.RequestAborted);
        return TypedResults.Json(PageSize.Page(found, size, saved => saved.Version), SettingsJson.Options);
    }

    private static async Task<Results<JsonHttpResult<SavedSettings>, ProblemHttpResult>> GetVersionAsync(int version, HttpContext http, SettingsStore store) =>
        await store.FindAsync(http.Caller().Account, version, http.RequestAborted) is { } saved
            ? TypedResults.Json(saved, SettingsJson.Options)
            : SettingsProblem.NotThere($"There is no version {version} of the settings.");

    private static async Task<Ok<Paged<TrailEntry>>> GetTrailAsync(HttpContext http, TrailStore trail, string? cursor, int? limit)
    {
        var size = PageSize.Of(limit);
        var found = await trail.ListAsync(http.Caller().Account, PageSize.Cursor(cursor), size + 1, http.RequestAborted);
        return TypedResults.Ok(PageSize.Page(found, size, entry => entry.Id));
    }

    private static async Task<Ok<CurrencyConfirmation>> ConfirmCurrencyAsync(
        CurrencyWish body, HttpContext http, CurrencyStore currencies, TrailedChange changes, FreshnessStore freshness)
    {
        var caller = http.Caller();
        // A page that is left breaks no write off.
        var unbroken = CancellationToken.None;
        Freshness? fresh = null;
        var after = await changes.MakeAsync(
            caller,
            TrailStore.Currency,
            current => current.Code == body.Currency,
            connection => currencies.ReadAsync(connection, caller.Account, unbroken),
            async (connection, before) =>
            {
                if (!await currencies.ConfirmAsync(connection, caller.Account, before.Code, unbroken))
                {
                    throw new StaleStateException(await currencies.ReadAsync(connection, caller.Account, unbroken), by: null, at: null);
                }

                fresh = await freshness.AskAsync(connection, caller.Account, unbroken);
            },
            unbroken);
        return TypedResults.Ok(new CurrencyConfirmation(after.Code, fresh!));
    }

    private static async Task<Results<JsonHttpResult<SettingsDraft>, NoContent>> GetDraftAsync(HttpContext http, DraftStore drafts) =>
        await drafts.FindAsync(http.Caller().Account, http.Caller().User, http.RequestAborted) is { } draft
            ? TypedResults.Json(draft, SettingsJson.Options)
            : TypedResults.NoContent();

    private static async Task<NoContent> PutDraftAsync(SettingsDraftSave body, HttpContext http, DraftStore drafts)
    {
        // A draft need not be right yet, but it has to be one.
        var settings = SettingsBody.Read(body.Settings);
        await drafts.SaveAsync(http.Caller().Account, http.Caller().User, body.BasedOn, body.Step ?? "", settings, http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> DeleteDraftAsync(HttpContext http, DraftStore drafts)
    {
        await drafts.DeleteAsync(http.Caller().Account, http.Caller().User, http.RequestAborted);
        return TypedResults.NoContent();
    }
}
