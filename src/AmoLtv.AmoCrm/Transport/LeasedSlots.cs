namespace AmoLtv.AmoCrm.Transport;

/// <summary>
/// The slots a process has leased of a shared schedule, and when to lease more. Nothing here waits or locks: its owner does.
/// Times are stopwatch times of the process unless they are dates, which are of the shared clock.
/// </summary>
/// <param name="interval">Between two requests at the whole permitted rate.</param>
/// <param name="processes">That share the rate where the schedule cannot be asked.</param>
/// <param name="guess">What the shared clock may show when the stopwatch is at zero.</param>
public sealed class LeasedSlots(TimeSpan interval, int processes, DateTimeOffset guess)
{
    /// <summary>A holder asks a little later than who was refused: processes take turns.</summary>
    private const double RenewAt = 0.8;

    /// <summary>How long to do without a schedule that cannot be asked before it is asked again.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(5);

    /// <summary>Times of the schedule are whole microseconds.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMicroseconds(20);

    private readonly SharedClock _clock = new(guess);
    private readonly Queue<Lease> _leases = new();
    private TimeSpan _journey;
    private TimeSpan _askAgain;
    private int _last;
    private int _lost;
    private bool _isAsking;

    /// <summary>When a refused process may ask again; of no meaning while it has slots.</summary>
    public TimeSpan AskAgain => _askAgain;

    /// <summary>Whether an answer is under way.</summary>
    public bool IsAsking => _isAsking;

    /// <summary>The earliest slot this process may use, null where it has none left. Slots that have passed are lost.</summary>
    /// <param name="previous">The slot of the previous request, null before the first.</param>
    public TimeSpan? NextSlot(TimeSpan? previous, TimeSpan now)
    {
        while (_leases.TryPeek(out var lease))
        {
            var start = _clock.ToStopwatch(lease.Start);
            var slot = TimeOrder.Later(PacingRule.NextSlot(previous, lease.Interval, now), start);
            // A request goes by up to a quarter of an interval late, and not into what is another's.
            if (slot <= _clock.ToStopwatch(lease.End) - (lease.Interval * 0.75))
            {
                return slot;
            }

            _leases.Dequeue();
            _lost += Math.Max(0, (int)((_clock.ToStopwatch(lease.End) - lease.FreeFrom(start)) / lease.Interval));
        }

        return null;
    }

    /// <summary>A slot that <see cref="NextSlot"/> gave is used.</summary>
    public void Use(TimeSpan slot)
    {
        if (_leases.TryPeek(out var lease))
        {
            lease.LastUsed = slot;
        }
    }

    /// <summary>What to ask the schedule for now, null where there is enough or it is too early. Counts as asked.</summary>
    /// <param name="waiting">Requests that wait.</param>
    /// <param name="persons">Those of them that a person waits for.</param>
    public PermitDemand? Demand(TimeSpan now, int waiting, int persons)
    {
        if (_isAsking || waiting == 0)
        {
            return null;
        }

        var left = _leases.Sum(lease => Left(lease, now));
        var isUrgent = persons > left;
        if (!isUrgent && (now < _askAgain || !IsLow(now, left, waiting)))
        {
            return null;
        }

        var most = PermitRule.Most(interval, _journey);
        var slots = isUrgent ? Math.Min(persons - left, most) : PermitRule.Slots(_last, _lost, waiting, most);
        _isAsking = true;
        return new PermitDemand(slots, interval, PermitRule.AheadOf(_journey), isUrgent);
    }

    /// <summary>Takes in what the schedule answered.</summary>
    /// <param name="answer">Null where it could not be asked.</param>
    public void Take(PermitDemand asked, PermitAnswer? answer, TimeSpan sent, TimeSpan received)
    {
        _isAsking = false;
        if (answer is null)
        {
            DoWithout(received);
            return;
        }

        if (_clock.Read(answer.Now, sent, received))
        {
            // Slots of the old time would be hours away or long ago; by the new one they are anybody's.
            _leases.Clear();
        }

        _journey = TimeOrder.Later(received - sent, _journey * 0.9);
        if (answer.Start is { } start)
        {
            Add(start, start + (asked.Interval * asked.Slots), asked.Interval);
            _last = asked.IsUrgent ? _last : asked.Slots;
            _lost = 0;
            return;
        }

        _askAgain = TimeOrder.Later(_clock.ToStopwatch(answer.Free - asked.Ahead), received + ShortestWait);
    }

    /// <summary>A lease that begins where the last one ends prolongs it: who came late in the one goes on in the other.</summary>
    private void Add(DateTimeOffset start, DateTimeOffset end, TimeSpan spacing)
    {
        if (_leases.LastOrDefault() is { } last && last.Interval == spacing && (start - last.End).Duration() < Rounding)
        {
            last.End = end;
        }
        else
        {
            _leases.Enqueue(new Lease(start, end, spacing));
        }
    }

    private int Left(Lease lease, TimeSpan now)
    {
        var free = TimeOrder.Later(now, lease.FreeFrom(_clock.ToStopwatch(lease.Start)));
        return Math.Max(0, (int)(((_clock.ToStopwatch(lease.End) - free) / lease.Interval) + 0.25));
    }

    private bool IsLow(TimeSpan now, int left, int waiting)
    {
        var end = _leases.Count == 0 ? now : _clock.ToStopwatch(_leases.Last().End);
        return left < Math.Max(waiting, _last / 2) && end - now <= PermitRule.AheadOf(_journey) * RenewAt;
    }

    /// <summary>Slots of a small part of the rate, which nobody was asked for.</summary>
    private void DoWithout(TimeSpan now)
    {
        var slow = PermitRule.UnsharedInterval(interval, processes);
        var slots = Math.Max(1, (int)(Silence / slow));
        _askAgain = now + TimeOrder.Later(slow, Silence);
        if (_leases.Count == 0)
        {
            var start = _clock.FromStopwatch(now);
            _leases.Enqueue(new Lease(start, start + (slow * slots), slow));
        }
    }

    private sealed class Lease(DateTimeOffset start, DateTimeOffset end, TimeSpan interval)
    {
        public DateTimeOffset Start { get; } = start;

        public DateTimeOffset End { get; set; } = end;

        public TimeSpan Interval { get; } = interval;

        public TimeSpan? LastUsed { get; set; }

        /// <param name="start">Its first slot by the stopwatch.</param>
        public TimeSpan FreeFrom(TimeSpan start) => TimeOrder.Later(LastUsed + Interval ?? start, start);
    }
}
