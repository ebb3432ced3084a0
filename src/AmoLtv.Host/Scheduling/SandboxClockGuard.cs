using AmoLtv.AmoCrm.OAuth;
using AmoLtv.Host.CommandLine;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Scheduling;

/// <summary>Refuses to start with a sandbox's clock on a database that knows real accounts.</summary>
public sealed class SandboxClockGuard(NpgsqlDataSource database, IOptions<ClockOptions> options)
{
    /// <exception cref="CommandFailedException">A connected account is not on loopback.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (options.Value.SandboxClock is null)
        {
            return;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select to_regclass('accounts') is null", cancellationToken: cancellationToken)))
        {
            return;
        }

        var addresses = await connection.QueryAsync<string>(new CommandDefinition(
            "select base_uri from accounts", cancellationToken: cancellationToken));
        if (addresses.FirstOrDefault(address => !CrmHost.IsLoopback(new Uri(address))) is { } real)
        {
            throw new CommandFailedException($"Crm:SandboxClock is set, and this database holds the account at {real}: take the setting away.");
        }
    }
}
