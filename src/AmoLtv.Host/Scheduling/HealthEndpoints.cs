using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace AmoLtv.Host.Scheduling;

/// <summary>Endpoints for whoever watches the service.</summary>
public static class HealthEndpoints
{
    /// <summary>
    /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: database and scheduler do too. A word and a status,
    /// nothing about the inside.
    /// </summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        endpoints.MapHealthChecks("/health/ready");
        return endpoints;
    }
}
