using AmoLtv.Host.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace AmoLtv.Host.Observing;

/// <summary>Whether the schema has all that this program knows; a newer program beside it is no trouble.</summary>
internal sealed class MigrationsHealth(Migrator migrator) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await migrator.CountMissingAsync(cancellationToken) == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The schema is older than the program.");
        }
        catch (NpgsqlException failure)
        {
            return HealthCheckResult.Unhealthy("PostgreSQL does not answer.", failure);
        }
    }
}
