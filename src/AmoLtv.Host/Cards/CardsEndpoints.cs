using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Cards;

/// <summary>Endpoints of the card, and of the remarks that come from it.</summary>
public static class CardsEndpoints
{
    private static readonly (string Plural, EntityType Entity)[] Entities =
        [("companies", EntityType.Company), ("contacts", EntityType.Contact), ("leads", EntityType.Lead)];

    public static IEndpointRouteBuilder MapCards(this IEndpointRouteBuilder endpoints)
    {
        var cards = endpoints.MapGroup("/api/cards").WithTags("Cards").WithSummary("Tells what a client is worth, for the card of a company, contact or lead.").RequireCaller();
        foreach (var (plural, entity) in Entities)
        {
            var card = cards.MapGroup($"/{plural}/{{id:long}}");
            card.MapGet("/", (long id, HttpContext http, CardReader reader) => GetAsync(entity, id, http, reader));
            card.MapGet("/leads", (long id, HttpContext http, CardReader reader, bool counted = true, int skip = 0) =>
                reader.ReadLeadsAsync(CallerOf(http), entity, id, counted, skip, http.RequestAborted));
            card.MapPost("/remarks", (long id, NewRemark remark, HttpContext http, RemarkWriter writer) =>
                writer.WriteAsync(CallerOf(http), entity, id, remark, http.RequestAborted)).AllowWidgetWrites();
        }

        return endpoints.MapRemarks();
    }

    private static async Task<Results<Ok<CardAnswer>, UnchangedCard, ProblemHttpResult>> GetAsync(
        EntityType entity, long id, HttpContext http, CardReader reader)
    {
        var answer = await reader.ReadAsync(CallerOf(http), entity, id, CardVersion.KnownTo(http.Request), http.RequestAborted);
        if (answer.Result is Ok<CardAnswer> { Value: { } card })
        {
            http.Response.Headers.ETag = CardVersion.ETagOf(card.Version);
        }

        return answer;
    }

    private static Caller CallerOf(HttpContext http)
    {
        // Numbers of a client: for this user's eyes, and never out of a shared cache.
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return http.Features.GetRequiredFeature<Caller>();
    }
}
