using AmoLtv.Core.Settings;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Valuing.Previewing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Valuing;

/// <summary>The endpoint that shows what a draft of settings would do.</summary>
public static class PreviewEndpoints
{
    public static IEndpointRouteBuilder MapPreview(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSettingsGroup("/preview").MapPost("/", PostAsync).Produces<PreviewAnswer>()
            .WithSummary("Values the account by a draft of settings beside those in force; stores nothing.");
        return endpoints;
    }

    private static async Task<JsonHttpResult<PreviewAnswer>> PostAsync(PreviewDraft body, HttpContext http, IServiceProvider services)
    {
        var draft = SettingsBody.Read(body.Settings);
        var answer = await services.GetRequiredService<PreviewReader>().ReadAsync(http.Caller().Account, draft, http.RequestAborted);
        return TypedResults.Json(answer, SettingsJson.Options);
    }
}
