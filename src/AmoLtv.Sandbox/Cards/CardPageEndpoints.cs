namespace AmoLtv.Sandbox.Cards;

/// <summary>The card pages and the files they load.</summary>
internal static class CardPageEndpoints
{
    public static void MapCardPage(this IEndpointRouteBuilder routes, SandboxContext sandbox)
    {
    }
}
