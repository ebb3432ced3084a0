namespace AmoLtv.AmoCrm.Transport;

/// <summary>
/// Reads times of a clock elsewhere on this process's own stopwatch, from what answers say of it. An answer is old when it
/// arrives, so the freshest counts: times are taken to be late by the quickest journey, never early.
/// </summary>
public sealed class SharedClock(DateTimeOffset guess)
{
    /// <summary>By so much two good clocks drift apart: what a reading is trusted less for each second.</summary>
    private const double Drift = 0.0001;

    /// <summary>A difference that no drift explains: the clock was set.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    // What the other clock shows when the stopwatch is at zero.
    private DateTimeOffset _zero = guess;
    private TimeSpan? _read;

    /// <param name="now">What the other clock showed at some moment of the journey.</param>
    /// <param name="sent">Stopwatch when it was asked.</param>
    /// <param name="received">Stopwatch when the answer came.</param>
    /// <returns>Whether the other clock was set since it was read before: its moments from then are now somewhere else.</returns>
    public bool Read(DateTimeOffset now, TimeSpan sent, TimeSpan received)
    {
        var zero = now - received;
        var isSet = _read is not null && (zero - _zero).Duration() > Step + (received - sent);
        if (_read is not { } before || isSet)
        {
            _zero = zero;
        }
        else
        {
            var trusted = _zero - ((received - before) * Drift);
            _zero = zero > trusted ? zero : trusted;
        }

        _read = received;
        return isSet;
    }

    /// <summary>When the stopwatch will show, or showed, a moment of the other clock.</summary>
    public TimeSpan ToStopwatch(DateTimeOffset moment) => moment - _zero;

    public DateTimeOffset FromStopwatch(TimeSpan stopwatch) => _zero + stopwatch;
}
