using System.Threading.Channels;

namespace AmoLtv.Host.Installing;

/// <summary>Lets a loop sleep until somebody wakes it or its pause is over. What wakes it while it works is not forgotten.</summary>
internal sealed class WakeSignal(TimeProvider time)
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Ends too, without a failure, when <paramref name="stoppingToken"/> is cancelled.</summary>
    public async Task WaitAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var over = Task.Delay(pause, time, limit.Token);
        var wake = _wake.Reader.WaitToReadAsync(limit.Token).AsTask();
        await Task.WhenAny(over, wake);
        await limit.CancelAsync();
        _wake.Reader.TryRead(out _);
        await Task.WhenAll(over, wake).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
