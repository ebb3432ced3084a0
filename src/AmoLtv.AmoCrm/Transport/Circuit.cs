using System.Net;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>
/// Whether an account is asked at all. Opened by what refuses everything; closed by the one request, asked now and then, that gets
/// an answer. Kept where all processes see it; in this process alone while that place cannot be reached.
/// </summary>
/// <param name="store">Null: this process is the only one.</param>
public sealed class Circuit(BudgetKey key, ICircuitStore? store, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _confirming = new(1, 1);
    private volatile OpenCircuit? _open;
    private int _throttled;
    private int _probes;
    private long _lookedAt;
    private long? _answeredAt;

    /// <summary>What is known here; another process may know better by some seconds.</summary>
    public OpenCircuit? Current => _open;

    /// <summary>Takes over what an answer of the shared schedule says. It may have been on its way while the circuit was opened here.</summary>
    public void Hear(OpenCircuit? open)
    {
        if (open is not null || (_open is not null && time.GetElapsedTime(_lookedAt) > LookAgain))
        {
            Learn(open);
        }
    }

    private void Learn(OpenCircuit? open)
    {
        _open = open;
        _lookedAt = time.GetTimestamp();
    }

    /// <summary>Lets a call through, or not.</summary>
    /// <param name="isProbe">The call reads the account itself: it may be the one that asks whether the circuit may close.</param>
    /// <exception cref="CrmException">Nothing is asked of the account now.</exception>
    public async Task PassAsync(string what, bool isProbe, CancellationToken cancellationToken)
    {
        if (_open is null)
        {
            return;
        }

        await LookAsync(cancellationToken);
        if (_open is not { } open || (isProbe && await ClaimAsync(open, cancellationToken)))
        {
            return;
        }

        throw Refusal(what, open);
    }

    /// <summary>An attempt was answered, whatever came.</summary>
    public void Answered(HttpStatusCode status)
    {
        if (status != HttpStatusCode.TooManyRequests)
        {
            Interlocked.Exchange(ref _throttled, 0);
        }
        else
        {
            Interlocked.Increment(ref _throttled);
        }
    }

    /// <summary>A call succeeded.</summary>
    /// <param name="isProbe">It read the account itself.</param>
    public async Task SucceededAsync(bool isProbe, CancellationToken cancellationToken)
    {
        if (isProbe && _open is not null)
        {
            _open = null;
            _probes = 0;
            await (store?.CloseAsync(key, cancellationToken) ?? Task.CompletedTask);
        }
    }

    /// <summary>A call ended with 429.</summary>
    /// <returns>The circuit where this was too much.</returns>
    public async Task<OpenCircuit?> ThrottledAsync(CircuitOpening opening, CancellationToken cancellationToken) =>
        CircuitRule.IsThrottledForLong(opening.Rest, Volatile.Read(ref _throttled)) ? await OpenAsync(opening, cancellationToken) : null;

    /// <summary>An answer may concern the whole account: asks the account itself, at most one caller at a time and once in a while.</summary>
    /// <param name="answers">Whether the account answers; null where even that could not be found out.</param>
    /// <returns>The circuit where the suspicion holds.</returns>
    public async Task<OpenCircuit?> ConfirmAsync(CircuitOpening opening, Func<Task<bool?>> answers, CancellationToken cancellationToken)
    {
        await _confirming.WaitAsync(cancellationToken);
        try
        {
            if (_open is { } open)
            {
                return open;
            }

            if (_answeredAt is { } at && time.GetElapsedTime(at) < CircuitRule.PersonsProbe)
            {
                return null;
            }

            var does = await answers();
            _answeredAt = does == true ? time.GetTimestamp() : null;
            return does == false ? await OpenAsync(opening, cancellationToken) : null;
        }
        finally
        {
            _confirming.Release();
        }
    }

    public async Task<OpenCircuit> OpenAsync(CircuitOpening opening, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var probes = CircuitRule.Probes(opening.Cause, opening.Rest);
        var here = new OpenCircuit(
            opening.Cause, opening.Reason, _open?.OpenedAt ?? now, now + probes[Math.Min(_probes, probes.Count - 1)]);
        var kept = store is null ? null : await store.OpenAsync(key, opening, cancellationToken);
        Learn(kept ?? here);
        return kept ?? here;
    }

    public void Dispose() => _confirming.Dispose();

    /// <summary>The failure of a call that is not made.</summary>
    public static CrmException Refusal(string what, OpenCircuit open, HttpStatusCode? status = null, string? requestId = null) => new(
        open.Failure, $"{what} (held back since {open.OpenedAt:u}, asked again after {open.ProbeAt:u})", open.Reason, status, requestId);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (store is null || time.GetElapsedTime(_lookedAt) < LookAgain)
        {
            return;
        }

        var (isKnown, found) = await store.FindAsync(key, cancellationToken);
        if (isKnown)
        {
            Learn(found);
        }
    }

    private async Task<bool> ClaimAsync(OpenCircuit open, CancellationToken cancellationToken)
    {
        if (store is not null && await store.ClaimProbeAsync(key, cancellationToken) is { } claimed)
        {
            return claimed;
        }

        var now = time.GetUtcNow();
        if (now < open.ProbeAt)
        {
            return false;
        }

        var probes = CircuitRule.Probes(open.Cause, rest: null);
        _probes++;
        _open = open with { ProbeAt = now + probes[Math.Min(_probes, probes.Count - 1)] };
        return true;
    }
}
