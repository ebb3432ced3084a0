using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;
using Npgsql;

namespace AmoLtv.Host.Pacing;

/// <summary>Asks, when it is time, whether an account that refused everything answers again: its circuit closes by itself then.</summary>
public sealed partial class CircuitProbing(
    CircuitStore circuits, CrmConnections connections, TimeProvider time, ILogger<CircuitProbing> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    /// <summary>Asks every account whose probe is due, once, with the grant that was refused: another one's answer says nothing of it.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        foreach (var (account, clientId) in await circuits.ListDueAsync(cancellationToken))
        {
            try
            {
                var crm = await connections.OpenGrantAsync(account, clientId, cancellationToken);
                await crm.GetAccountAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is not (NpgsqlException or OperationCanceledException))
            {
                // Whatever one account's answer leads to is no reason to ask no other, or to end the process.
                Log.StillRefused(logger, account, clientId, failure.Message);
                await circuits.PutOffAsync(account, clientId, cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ProbeAsync(stoppingToken);
            }
            catch (NpgsqlException failure)
            {
                Log.DatabaseAway(logger, failure.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {Account} was asked whether it answers integration {ClientId} again. {Failure}")]
        public static partial void StillRefused(ILogger logger, AccountId account, string clientId, string failure);

        [LoggerMessage(2, LogLevel.Warning, "Which accounts are held back could not be read. {Failure}")]
        public static partial void DatabaseAway(ILogger logger, string failure);
    }
}
