using System.Text.Json;

namespace AmoLtv.Host.Scheduling;

/// <summary>
/// Time as a sandbox tells it: asked twice a second, and carried on between by the machine's own clock at the sandbox's
/// scale. Timers are shortened by the scale, so that an hour's wait at scale 3600 takes a second.
/// </summary>
public sealed class SandboxClock : TimeProvider, IDisposable
{
    private const string Question = "sandbox/clock";

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http;
    private readonly PeriodicTimer _asking = new(AskEvery);
    private Reading _reading;
    private long _latest;

    /// <param name="sandbox">Address of the sandbox.</param>
    /// <exception cref="HttpRequestException">The sandbox does not answer.</exception>
    public SandboxClock(Uri sandbox)
    {
        _http = new HttpClient { BaseAddress = sandbox, Timeout = TimeSpan.FromSeconds(30) };
        _reading = Ask();
        _ = AskAgainAsync();
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        var reading = Volatile.Read(ref _reading);
        return NowBy(reading);
    }

    /// <summary>Never goes back and never stands still, whatever the sandbox's clock is set to.</summary>
    public override long GetTimestamp()
    {
        var reading = Volatile.Read(ref _reading);
        var now = NowBy(reading).UtcTicks + reading.Back.Ticks;
        while (true)
        {
            var latest = Interlocked.Read(ref _latest);
            if (now <= latest)
            {
                return latest;
            }

            if (Interlocked.CompareExchange(ref _latest, now, latest) == latest)
            {
                return now;
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var scale = Volatile.Read(ref _reading).Scale;
        return System.CreateTimer(callback, state, Shortened(dueTime, scale), Shortened(period, scale));
    }

    public void Dispose()
    {
        _asking.Dispose();
        _http.Dispose();
    }

    private static TimeSpan Shortened(TimeSpan time, double scale) =>
        time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Max(1, time.TotalMilliseconds / scale));

    private Reading Ask()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Question);
        using var answer = _http.Send(request);
        using var body = answer.EnsureSuccessStatusCode().Content.ReadAsStream();
        return Read(body);
    }

    /// <summary>One question at a time, and no thread waits for it: a sandbox short of time must not take the service's threads.</summary>
    private async Task AskAgainAsync()
    {
        while (await _asking.WaitForNextTickAsync())
        {
            try
            {
                await using var body = await _http.GetStreamAsync(Question);
                Volatile.Write(ref _reading, Follow(_reading, Read(body)));
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException or JsonException or ObjectDisposedException)
            {
                // A sandbox that is being started again, or a process that ends: the last reading goes on.
            }
        }
    }

    private static DateTimeOffset NowBy(Reading reading) => reading.Now + (System.GetElapsedTime(reading.At) * reading.Scale);

    /// <summary>A clock that was set back is a jump of the time of day alone: measured spans go on. Less than a real second is a late answer.</summary>
    private static Reading Follow(Reading last, Reading next)
    {
        var back = NowBy(last) - NowBy(next);
        return next with { Back = back > TimeSpan.FromSeconds(1) * next.Scale ? last.Back + back : last.Back };
    }

    private static Reading Read(Stream answer)
    {
        using var body = JsonDocument.Parse(answer);
        return new Reading(
            body.RootElement.GetProperty("now").GetDateTimeOffset(), body.RootElement.GetProperty("scale").GetDouble(), System.GetTimestamp(), TimeSpan.Zero);
    }

    /// <param name="Now">The time it told.</param>
    /// <param name="Scale">Its seconds in a real one.</param>
    /// <param name="At">When it told it, by the machine.</param>
    /// <param name="Back">How far it was set back altogether.</param>
    private sealed record Reading(DateTimeOffset Now, double Scale, long At, TimeSpan Back);
}
