using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AmoLtv.Host.Observing;

/// <summary>A process that stops takes no new work: whoever shares out requests is to leave it alone.</summary>
internal sealed class StoppingHealth(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The service stops.") : HealthCheckResult.Healthy());
}
