using System.Text.Json;

namespace AmoLtv.Host.Scheduling;

/// <summary>
/// Time as a sandbox tells it: asked twice a second, and carried on between by the machine's own clock at the sandbox's
/// scale. Timers are shortened by the scale, so that an hour's wait at scale 3600 takes a second.
/// </summary>
public sealed class SandboxClock : TimeProvider, IDisposable
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http;
    private readonly ITimer _asking;
    private Reading _reading;
    private long _latest;

    /// <param name="sandbox">Address of the sandbox.</param>
    /// <exception cref="HttpRequestException">The sandbox does not answer.</exception>
    public SandboxClock(Uri sandbox)
    {
        _http = new HttpClient { BaseAddress = sandbox, Timeout = TimeSpan.FromSeconds(30) };
        _reading = Ask();
        _asking = System.CreateTimer(_ => AskAgain(), state: null, AskEvery, AskEvery);
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        var reading = Volatile.Read(ref _reading);
        return reading.Now + (System.GetElapsedTime(reading.At) * reading.Scale);
    }

    /// <summary>Never goes back, whatever the sandbox's clock is set to.</summary>
    public override long GetTimestamp()
    {
        var now = GetUtcNow().UtcTicks;
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
        using var request = new HttpRequestMessage(HttpMethod.Get, "sandbox/clock");
        using var answer = _http.Send(request);
        answer.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(answer.Content.ReadAsStream());
        return new Reading(
            body.RootElement.GetProperty("now").GetDateTimeOffset(), body.RootElement.GetProperty("scale").GetDouble(), System.GetTimestamp());
    }

    private void AskAgain()
    {
        try
        {
            Volatile.Write(ref _reading, Ask());
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or JsonException or ObjectDisposedException)
        {
            // A sandbox that is being started again, or a process that ends: the last reading goes on.
        }
    }

    private sealed record Reading(DateTimeOffset Now, double Scale, long At);
}
