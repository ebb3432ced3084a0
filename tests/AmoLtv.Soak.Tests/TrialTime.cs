namespace AmoLtv.Soak;

/// <summary>
/// The service's time in a trial: the sandbox's, off by a constant, since the clocks of two machines never agree. Its timers are as
/// much faster as the sandbox's time; its timestamps go on evenly whatever the CRM's clock is set to.
/// </summary>
internal sealed class TrialTime(Sandbox.State.SandboxClock clock, TimeSpan off) : TimeProvider
{
    private readonly double _scale = clock.Scale;
    private readonly long _origin = System.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => clock.Now + off;

    public override long GetTimestamp() => (System.GetElapsedTime(_origin) * _scale).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Shortened(dueTime), Shortened(period));

    private TimeSpan Shortened(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Max(1, time.TotalMilliseconds / _scale));
}
