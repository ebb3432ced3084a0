using System.Collections.Concurrent;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>
/// Lets one caller of this process at a time renew a grant's token. The others wait here, where waiting costs nothing, and not
/// with a database connection in hand: a CRM that is slow for one account would else take the whole pool. A renewal that has
/// just failed fails for those behind it too, so that they do not each wait out the same silence.
/// </summary>
public sealed class RenewalTurns(TimeProvider time)
{
    /// <summary>For so long a failure is believed without asking again.</summary>
    private static readonly TimeSpan FailureLasts = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(AccountId Account, string ClientId), Turn> _turns = new();

    /// <exception cref="CrmException">The renewal failed, now or just before.</exception>
    public async Task<AccessToken> TakeAsync(
        AccountId account, string clientId, Func<Task<AccessToken>> renew, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd((account, clientId), _ => new Turn());
        await turn.Gate.WaitAsync(cancellationToken);
        try
        {
            if (turn.Failure is { } failed && time.GetElapsedTime(turn.FailedAt) < FailureLasts)
            {
                throw new CrmException(failed.Failure, "Renewing the token", failed.Detail, failed.Status, failed.RequestId, failed.RetryAfter, failed);
            }

            turn.Failure = null;
            return await renew();
        }
        catch (CrmException failure) when (turn.Failure is null)
        {
            (turn.Failure, turn.FailedAt) = (failure, time.GetTimestamp());
            throw;
        }
        finally
        {
            turn.Gate.Release();
        }
    }

    private sealed class Turn
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public CrmException? Failure { get; set; }

        public long FailedAt { get; set; }
    }
}
