namespace AmoLtv.Host.Installing;

/// <summary>Endpoints of this slice.</summary>
public static class InstallingEndpoints
{
    public static IEndpointRouteBuilder MapInstalling(this IEndpointRouteBuilder endpoints) => endpoints;
}
