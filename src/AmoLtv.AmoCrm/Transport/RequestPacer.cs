namespace AmoLtv.AmoCrm.Transport;

/// <summary>
/// Lets requests of one (integration, account) go at the permitted rate, evenly spaced, whoever asks:
/// waiting interactive calls first, then batch calls in the order of asking.
/// </summary>
public sealed class RequestPacer(double requestsPerSecond, TimeProvider time)
{
    private readonly TimeSpan _interval = PacingRule.Interval(requestsPerSecond);
    private readonly long _origin = time.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _interactive = new();
    private readonly LinkedList<TaskCompletionSource> _batch = new();
    private TimeSpan? _previousSlot;
    private TimeSpan _pausedUntil;
    private bool _isReleasing;

    /// <summary>Completes when the caller may send one request.</summary>
    public async Task WaitAsync(RequestLane lane, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = lane == RequestLane.Interactive ? _interactive : _batch;
        LinkedListNode<TaskCompletionSource> place;
        var starts = false;
        lock (_gate)
        {
            place = queue.AddLast(turn);
            starts = !_isReleasing;
            _isReleasing = true;
        }

        await using var leaving = cancellationToken.Register(() => Leave(queue, place, cancellationToken));
        if (starts)
        {
            _ = ReleaseAsync();
        }

        await turn.Task;
    }

    /// <summary>The CRM asked for fewer requests: nothing goes for this long.</summary>
    public void Pause(TimeSpan duration)
    {
        lock (_gate)
        {
            var until = Now() + duration;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    private async Task ReleaseAsync()
    {
        while (NextSlot() is { } slot)
        {
            var delay = slot - Now();
            if (delay > TimeSpan.Zero)
            {
                // Timers count whole milliseconds: rounded up, a request never goes before its slot.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), time);
                continue;
            }

            TakeTurn(slot)?.TrySetResult();
        }
    }

    private TimeSpan? NextSlot()
    {
        lock (_gate)
        {
            if (_interactive.Count + _batch.Count == 0)
            {
                _isReleasing = false;
                return null;
            }

            var slot = PacingRule.NextSlot(_previousSlot, _interval, Now());
            return slot > _pausedUntil ? slot : _pausedUntil;
        }
    }

    private TaskCompletionSource? TakeTurn(TimeSpan slot)
    {
        lock (_gate)
        {
            var queue = _interactive.Count > 0 ? _interactive : _batch;
            if (queue.First is not { } first)
            {
                return null;
            }

            queue.RemoveFirst();
            _previousSlot = slot;
            return first.Value;
        }
    }

    private void Leave(LinkedList<TaskCompletionSource> queue, LinkedListNode<TaskCompletionSource> place, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (place.List is not null)
            {
                queue.Remove(place);
            }
        }

        place.Value.TrySetCanceled(cancellationToken);
    }

    private TimeSpan Now() => time.GetElapsedTime(_origin);
}
