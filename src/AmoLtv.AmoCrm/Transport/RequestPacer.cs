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
    private readonly LinkedList<Turn> _interactive = new();
    private readonly LinkedList<Turn> _batch = new();
    private TimeSpan? _previousSlot;
    private TimeSpan _pausedUntil;
    private bool _isReleasing;

    /// <summary>Completes when the caller may send one request.</summary>
    public async Task WaitAsync(RequestLane lane, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new Turn();
        var queue = lane == RequestLane.Interactive ? _interactive : _batch;
        LinkedListNode<Turn> place;
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

        try
        {
            await turn.Given.Task;
        }
        finally
        {
            turn.Taken.TrySetResult();
        }
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

            if (TakeTurn(slot) is { } turn && turn.Given.TrySetResult())
            {
                // On a busy machine the caller wakes later than it was called. The next one waits for that,
                // otherwise two requests could leave at the same moment.
                await turn.Taken.Task;
            }
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

    private Turn? TakeTurn(TimeSpan slot)
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

    private void Leave(LinkedList<Turn> queue, LinkedListNode<Turn> place, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (place.List is not null)
            {
                queue.Remove(place);
            }
        }

        place.Value.Given.TrySetCanceled(cancellationToken);
    }

    private TimeSpan Now() => time.GetElapsedTime(_origin);

    private sealed class Turn
    {
        public TaskCompletionSource Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
