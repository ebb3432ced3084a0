using System.Collections.Concurrent;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Operations;

/// <summary>
/// Takes up, each second, the runs that people ask for. Every process of the service does; the lease of the account and the request's
/// own row see to it that each is begun once.
/// </summary>
internal sealed partial class RequestRounds(RunRequestStore store, IServiceProvider services, ILogger<RequestRounds> logger) : BackgroundService
{
    /// <summary>Beside the scheduler's own runs.</summary>
    private const int MostAtOnce = 4;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileHeld = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<AccountId, Task> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The machine's own time, never a sandbox's: a person waits for it.
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RoundAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops: what runs says so in its row first.
            await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.SettleAsync(cancellationToken);
            foreach (var request in await store.ListDueAsync(cancellationToken))
            {
                if (_running.Count >= MostAtOnce)
                {
                    return;
                }

                Begin(request, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.RoundFailed(logger, failure);
        }
    }

    private void Begin(DueRequest request, CancellationToken cancellationToken)
    {
        var begun = new TaskCompletionSource();
        if (_running.TryAdd(request.Account, begun.Task))
        {
            _ = Task.Run(
                async () =>
                {
                    try
                    {
                        await RunAsync(request, cancellationToken);
                    }
                    finally
                    {
                        // Whatever happened, the account's next request may begin.
                        _running.TryRemove(request.Account, out _);
                        begun.SetResult();
                    }
                },
                CancellationToken.None);
        }
    }

    private async Task RunAsync(DueRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var run = new RunRequest(RunCause.Manual, request.Steps, null, TimeSpan.Zero)
            {
                Undoes = request.Undoes,
                AskedBy = request.AskedBy,
                Request = request.Id,
            };
            await services.GetRequiredService<AccountRunner>().RunAsync(request.Account, run, null, cancellationToken);
        }
        catch (AccountHeldException)
        {
            await PostponeAsync(request, WhileHeld);
        }
        catch (Exception failure)
        {
            Log.RunFailed(logger, failure, request.Account);
            await PostponeAsync(request, AfterFailure);
        }
    }

    private async Task PostponeAsync(DueRequest request, TimeSpan pause)
    {
        try
        {
            await store.PostponeAsync(request, pause, CancellationToken.None);
        }
        catch (Exception failure)
        {
            Log.RoundFailed(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Runs that people asked for could not be looked up; the next round tries again.")]
        public static partial void RoundFailed(ILogger logger, Exception failure);

        [LoggerMessage(2, LogLevel.Error, "A run that a person asked for account {Account} could not be begun; it is tried again.")]
        public static partial void RunFailed(ILogger logger, Exception failure, AccountId account);
    }
}
