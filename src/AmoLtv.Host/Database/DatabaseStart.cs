using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Database;

/// <summary>Waits until PostgreSQL answers, so that a service may start before its database.</summary>
public sealed partial class DatabaseStart(
    NpgsqlDataSource database, IOptions<DatabaseOptions> options, ILogger<DatabaseStart> logger)
{
    /// <summary>The machine's, whatever the service's clock is: a server takes real seconds to start.</summary>
    private static readonly TimeProvider Time = TimeProvider.System;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <exception cref="DatabaseUnreachableException">Nothing answered within <see cref="DatabaseOptions.WaitSeconds"/>.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var began = Time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException failure) when (failure is not PostgresException { IsTransient: false })
            {
                var waited = Time.GetElapsedTime(began);
                if (waited.TotalSeconds >= options.Value.WaitSeconds)
                {
                    throw new DatabaseUnreachableException(Address(), waited, failure);
                }

                if (attempt == 1)
                {
                    Log.Waiting(logger, Address(), options.Value.WaitSeconds);
                }

                await Task.Delay(Pause, Time, cancellationToken);
            }
        }
    }

    private string Address()
    {
        var parts = new NpgsqlConnectionStringBuilder(options.Value.ConnectionString);
        return $"{parts.Host}:{parts.Port}, database {parts.Database}";
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "PostgreSQL does not answer at {Address}; waiting up to {Seconds} seconds.")]
        public static partial void Waiting(ILogger logger, string address, int seconds);
    }
}
