using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Cards;

/// <summary>Endpoints of the card.</summary>
public static class CardsEndpoints
{
    public static IEndpointRouteBuilder MapCards(this IEndpointRouteBuilder endpoints)
    {
        var cards = endpoints.MapGroup("/api/cards").WithTags("Cards").WithSummary("Tells what a client is worth, for the card of a company, contact or lead.").RequireCaller();
        cards.MapGet("/companies/{id:long}", (long id, HttpContext http, CardReader reader) => GetAsync(EntityType.Company, id, http, reader));
        cards.MapGet("/contacts/{id:long}", (long id, HttpContext http, CardReader reader) => GetAsync(EntityType.Contact, id, http, reader));
        cards.MapGet("/leads/{id:long}", (long id, HttpContext http, CardReader reader) => GetAsync(EntityType.Lead, id, http, reader));
        return endpoints;
    }

    private static async Task<Results<Ok<CardAnswer>, UnchangedCard, ProblemHttpResult>> GetAsync(
        EntityType entity, long id, HttpContext http, CardReader reader)
    {
        // Numbers of a client: for this user's eyes, and never out of a shared cache.
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var answer = await reader.ReadAsync(
            http.Features.GetRequiredFeature<Caller>(), entity, id, CardVersion.KnownTo(http.Request), http.RequestAborted);
        if (answer.Result is Ok<CardAnswer> { Value: { } card })
        {
            http.Response.Headers.ETag = CardVersion.ETagOf(card.Version);
        }

        return answer;
    }
}
