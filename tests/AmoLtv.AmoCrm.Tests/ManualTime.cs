namespace AmoLtv.AmoCrm.Tests;

/// <summary>Time that moves when it is told to. Timers fire within <see cref="Advance"/>, in the order in which they are due.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _elapsed;
    private int _changes;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(56) + _elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>When the next timer is due, null while none waits.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count == 0 ? null : _timers.Min(timer => timer.Due) - _elapsed;
            }
        }
    }

    /// <summary>How often a timer was set or stopped.</summary>
    private int Changes
    {
        get
        {
            lock (_gate)
            {
                return _changes;
            }
        }
    }

    public void Advance(TimeSpan span)
    {
        var end = _elapsed + span;
        while (TakeDue(end) is { } due)
        {
            due.Fire();
        }

        _elapsed = end;
    }

    /// <summary>Moves time from timer to timer, and lets what each one woke come to its next wait.</summary>
    public async Task RunAsync(TimeSpan span)
    {
        var left = span;
        while (left > TimeSpan.Zero)
        {
            var step = await NextStepAsync();
            step = step < left ? step : left;
            Advance(step);
            left -= step;
        }

        await NextStepAsync();
    }

    /// <summary>Several may have been woken: the next step is known when no timer has come or gone for a while.</summary>
    private async Task<TimeSpan> NextStepAsync()
    {
        var (changes, quiet) = (-1, 0);
        for (var look = 0; look < 100 && quiet < 5; look++)
        {
            await (look < 50 ? Task.Run(() => { }) : Task.Delay(1));
            quiet = changes == Changes && NextDue is not null ? quiet + 1 : 0;
            changes = Changes;
        }

        return NextDue switch
        {
            null => TimeSpan.MaxValue,
            { } due when due > TimeSpan.Zero => due,
            _ => TimeSpan.FromMilliseconds(1),
        };
    }

    private ManualTimer? TakeDue(TimeSpan end)
    {
        lock (_gate)
        {
            var due = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (due is not null)
            {
                _timers.Remove(due);
                _elapsed = due.Due > _elapsed ? due.Due : _elapsed;
            }

            return due;
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._changes++;
                time._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time._elapsed + dueTime;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                time._changes++;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
