using System.Collections.Concurrent;

namespace AmoLtv.Soak;

/// <summary>
/// How late this machine's threads and timers are: a heart beats every few milliseconds, and what it misses is what everything else in
/// the process misses too. In hurried time a pause of the machine lets go at once what was paced over several times as long.
/// </summary>
internal sealed class MachineLateness : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);

    /// <summary>Less is nothing: timers of the machine are not finer.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromMilliseconds(10);

    /// <summary>A window of the CRM's second is a fifth of a real one; what left late is on its way a little longer.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMilliseconds(400);

    private readonly ConcurrentQueue<(long At, TimeSpan Late)> _missed = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _beating;

    public MachineLateness() => _beating = Task.Run(BeatAsync);

    /// <summary>The longest delay that ended around a moment: what was held up until then arrived in a heap.</summary>
    /// <param name="ago">How long ago the moment was.</param>
    public TimeSpan Before(TimeSpan ago) => _missed
        .Where(beat => (TimeProvider.System.GetElapsedTime(beat.At) - ago).Duration() <= Around)
        .Select(beat => beat.Late).DefaultIfEmpty(Noticed).Max();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _beating;
        _ended.Dispose();
    }

    private async Task BeatAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            var began = TimeProvider.System.GetTimestamp();
            await Task.Delay(Beat, TimeProvider.System, CancellationToken.None);
            var late = TimeProvider.System.GetElapsedTime(began) - Beat;
            if (late > Noticed)
            {
                _missed.Enqueue((TimeProvider.System.GetTimestamp(), late));
            }
        }
    }
}
