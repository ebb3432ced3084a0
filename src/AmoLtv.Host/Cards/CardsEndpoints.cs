namespace AmoLtv.Host.Cards;

/// <summary>Endpoints of this slice.</summary>
public static class CardsEndpoints
{
    public static IEndpointRouteBuilder MapCards(this IEndpointRouteBuilder endpoints) => endpoints;
}
