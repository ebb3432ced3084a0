using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>The endpoints under <c>api/</c>, taken from the route table so that a new one is among them, and what each of them owes.</summary>
internal static class ApiRoutes
{
    /// <summary>The code it is given is its proof of the caller.</summary>
    private const string CodeExchange = "POST /api/sessions/cookie";

    public static IReadOnlyList<RouteEndpoint> Of(IServiceProvider services) =>
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) == true),
    ];

    /// <summary>Method and pattern, as <c>GET /api/cards/companies/{id:long}</c>.</summary>
    public static string Name(RouteEndpoint endpoint) =>
        $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} /{endpoint.RoutePattern.RawText!.Trim('/')}";

    /// <returns>What an endpoint lacks, in words; null where it lacks nothing.</returns>
    public static string? Lack(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<CallerCheck>() is null && Name(endpoint) != CodeExchange ? "does not check its caller: use RequireCaller, RequireAnalyst or RequireAdmin"
        : string.IsNullOrEmpty(endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary) ? "has no summary"
        : !endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Any(answer => answer.StatusCode is >= 200 and < 300) ? "has no typed answer"
        : null;
}
