namespace AmoLtv.AmoCrm.Transport;

/// <summary>
/// Lets requests go at a permitted rate, evenly spaced, whoever asks: waiting interactive calls first, then batch calls in the order
/// of asking. Where the rate is shared with other processes, slots are leased from the schedule they share, ahead of need.
/// </summary>
public sealed class RequestPacer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly SharedRate? _shared;
    private readonly RequestPacer? _egress;
    private readonly LeasedSlots? _leased;
    private readonly long _origin;
    private readonly Lock _gate = new();
    private readonly LinkedList<Turn> _interactive = new();
    private readonly LinkedList<Turn> _batch = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationToken _end;
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan? _previousSlot;
    private TimeSpan _pausedUntil;
    private bool _isReleasing;

    /// <param name="requestsPerSecond">The permitted rate.</param>
    /// <param name="shared">With whom the rate is shared; null: it is this process's alone.</param>
    /// <param name="egress">What these requests have to pass besides, with those of other accounts.</param>
    public RequestPacer(double requestsPerSecond, TimeProvider time, SharedRate? shared = null, RequestPacer? egress = null)
    {
        _time = time;
        _interval = PacingRule.Interval(requestsPerSecond);
        _shared = shared;
        _egress = egress;
        _end = _ended.Token;
        _origin = time.GetTimestamp();
        _leased = shared is null ? null : new LeasedSlots(_interval, shared.Processes, time.GetUtcNow());
    }

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
            if (lane == RequestLane.Interactive)
            {
                // Whatever the next batch call waits for, a person may not have to.
                _woken.TrySetResult();
            }
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

    /// <summary>The CRM asked for fewer requests: nothing goes for this long, here and as far as they can be told in other processes.</summary>
    public void Pause(TimeSpan duration)
    {
        lock (_gate)
        {
            _pausedUntil = TimeOrder.Later(Now() + duration, _pausedUntil);
        }

        _ = _shared?.Permits.RestAsync(_shared.Key, duration, _end);
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task ReleaseAsync()
    {
        var mayLeave = _egress is null;
        while (Plan() is { } step)
        {
            if (step.Ask is { } demand)
            {
                _ = LeaseAsync(demand);
            }

            if (step.Slot is not { } slot)
            {
                await SleepAsync(step.Wait, step.Woken);
            }
            else if (step.Wait is { } wait && wait > TimeSpan.Zero)
            {
                // Nothing can make a slot come sooner.
                await SleepAsync(wait, woken: null);
            }
            else if (!mayLeave)
            {
                await PassEgressAsync();
                mayLeave = true;
            }
            else if (TakeTurn(slot) is { } turn && turn.Given.TrySetResult())
            {
                // On a busy machine the caller wakes later than it was called. The next one waits for that,
                // otherwise two requests could leave at the same moment.
                await turn.Taken.Task;
                mayLeave = _egress is null;
            }
        }
    }

    private Step? Plan()
    {
        lock (_gate)
        {
            var waiting = _interactive.Count + _batch.Count;
            if (waiting == 0)
            {
                _isReleasing = false;
                return null;
            }

            var woken = Woken();
            var now = Now();
            if (now < _pausedUntil)
            {
                return new Step(_pausedUntil, _pausedUntil - now, woken, Ask: null);
            }

            if (_leased is null)
            {
                var own = PacingRule.NextSlot(_previousSlot, _interval, now);
                return new Step(own, own - now, woken, Ask: null);
            }

            var slot = _leased.NextSlot(_previousSlot, now);
            var ask = _leased.Demand(now, waiting, _interactive.Count);
            var wait = slot is { } next ? next - now : _leased.IsAsking ? (TimeSpan?)null : _leased.AskAgain - now;
            return new Step(slot, wait, woken, ask);
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
            // Held up on its way out, a request must not be followed too closely by the next.
            _previousSlot = TimeOrder.Later(slot, Now() - (_interval / 4));
            _leased?.Use(_previousSlot.Value);
            return first.Value;
        }
    }

    private async Task LeaseAsync(PermitDemand demand)
    {
        PermitAnswer? answer = null;
        var sent = Now();
        try
        {
            answer = await _shared!.Permits.LeaseAsync(_shared.Key, demand, _end);
            if (answer is not null)
            {
                // Before a request can go by this answer.
                _shared.Learn(answer.Circuit);
            }
        }
        finally
        {
            lock (_gate)
            {
                _leased!.Take(demand, answer, sent, Now());
                _woken.TrySetResult();
            }
        }
    }

    /// <summary>Waits in the queue of all accounts: as a batch call while nobody else waits here, as a person's once one does.</summary>
    private async Task PassEgressAsync()
    {
        using var better = new CancellationTokenSource();
        var lane = HasPerson() ? RequestLane.Interactive : RequestLane.Batch;
        var passing = _egress!.WaitAsync(lane, better.Token);
        while (lane == RequestLane.Batch && !passing.IsCompleted)
        {
            var woken = Woken();
            if (HasPerson())
            {
                lane = RequestLane.Interactive;
                await better.CancelAsync();
            }
            else
            {
                await Task.WhenAny(passing, woken);
            }
        }

        try
        {
            await passing;
        }
        catch (OperationCanceledException) when (better.IsCancellationRequested)
        {
            await _egress.WaitAsync(lane, CancellationToken.None);
        }
    }

    /// <summary>Ends when somebody comes to wait here, or something else changes, from now on.</summary>
    private Task Woken()
    {
        lock (_gate)
        {
            if (_woken.Task.IsCompleted)
            {
                _woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return _woken.Task;
        }
    }

    private bool HasPerson()
    {
        lock (_gate)
        {
            return _interactive.Count > 0;
        }
    }

    /// <param name="wait">Null: until woken.</param>
    private async Task SleepAsync(TimeSpan? wait, Task? woken)
    {
        // Timers count whole milliseconds: rounded up, a request never goes before its slot.
        var span = wait is { } some ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(some.TotalMilliseconds))) : Timeout.InfiniteTimeSpan;
        if (woken is null)
        {
            await Task.Delay(span, _time);
            return;
        }

        using var enough = new CancellationTokenSource();
        await Task.WhenAny(Task.Delay(span, _time, enough.Token), woken);
        await enough.CancelAsync();
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

    private TimeSpan Now() => _time.GetElapsedTime(_origin);

    /// <param name="Slot">Of the next request, null where none is leased.</param>
    /// <param name="Wait">For the slot, or for when to ask again; null: for an answer that is under way.</param>
    private sealed record Step(TimeSpan? Slot, TimeSpan? Wait, Task Woken, PermitDemand? Ask);

    private sealed class Turn
    {
        public TaskCompletionSource Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
