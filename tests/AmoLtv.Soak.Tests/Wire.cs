namespace AmoLtv.Soak;

/// <summary>
/// The line between one process and the CRM, where the process may be cut off or stand still: at its n-th request, before it leaves,
/// while it is on its way, or when its answer has come.
/// </summary>
internal sealed class Wire
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _thawed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cut = new();
    private int _requests;
    private volatile bool _isStopped;
    private Stop? _stop;

    /// <summary>Ends when the process came to its stop.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Requests until now.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>At the n-th request from now on nothing goes on until <see cref="Thaw"/> or <see cref="Cut"/>.</summary>
    /// <param name="at">From 1.</param>
    /// <param name="moment">Where in the request.</param>
    /// <param name="of">The only method that counts; null: every one.</param>
    public void StopAt(int at, StopMoment moment, HttpMethod? of = null)
    {
        Volatile.Write(ref _requests, 0);
        _stop = new Stop(at, moment, of);
    }

    /// <summary>What was stopped goes on as if nothing had been.</summary>
    public void Thaw()
    {
        _isStopped = false;
        _thawed.TrySetResult();
    }

    /// <summary>The process is gone: nothing leaves, no answer is heard.</summary>
    public void Cut() => _cut.Cancel();

    public async Task<HttpResponseMessage> SendAsync(Func<Task<HttpResponseMessage>> send, HttpMethod method)
    {
        // Checked before each side of the call: what was on its way when the process died has its effect, the answer has none.
        _cut.Token.ThrowIfCancellationRequested();
        var isStop = IsStop(method, out var moment);
        if (isStop && moment == StopMoment.Before)
        {
            await StandAsync();
        }
        else if (_isStopped)
        {
            await _thawed.Task.WaitAsync(_cut.Token);
        }

        var answer = send();
        if (isStop && moment == StopMoment.During)
        {
            await StandAsync();
        }

        var answered = await answer.WaitAsync(_cut.Token);
        if (isStop && moment == StopMoment.After)
        {
            await StandAsync();
        }

        return answered;
    }

    private bool IsStop(HttpMethod method, out StopMoment moment)
    {
        moment = _stop?.Moment ?? default;
        if (_stop is not { } stop || (stop.Of is not null && stop.Of != method))
        {
            return false;
        }

        return Interlocked.Increment(ref _requests) == stop.At;
    }

    private Task StandAsync()
    {
        _isStopped = true;
        _reached.TrySetResult();
        return _thawed.Task.WaitAsync(_cut.Token);
    }

    private sealed record Stop(int At, StopMoment Moment, HttpMethod? Of);
}
