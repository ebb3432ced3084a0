using System.Threading.Channels;
using AmoLtv.AmoCrm.Transport;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Exchanges;

/// <summary>
/// Keeps the log of calls beside the work: calls leave their line in a bounded queue, one writer stores them some at a time.
/// A queue that is full loses lines, which are counted; no call ever waits for its line.
/// </summary>
public sealed partial class ExchangeLog(ExchangeStore store, IOptions<ExchangeOptions> options, TimeProvider time, ILogger<ExchangeLog> logger)
    : IExchangeLog, IAsyncDisposable, IDisposable
{
    private const int Longest = 20_000;
    private const int MostAtOnce = 2_000;
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tidying = TimeSpan.FromHours(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly Channel<CrmExchange> _lines = Channel.CreateBounded<CrmExchange>(new BoundedChannelOptions(Longest) { SingleReader = true });
    private readonly CancellationTokenSource _hurry = new();
    private readonly Lock _gate = new();
    private Task? _writing;
    private long _dropped;
    private long? _tidied;

    /// <summary>Lines lost since the process began: the queue was full, or the database did not take them.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Add(CrmExchange exchange)
    {
        // A process that calls nobody keeps no writer.
        if (_writing is null)
        {
            lock (_gate)
            {
                _writing ??= Task.Run(WriteAsync);
            }
        }

        if (!_lines.Writer.TryWrite(exchange))
        {
            Drop(1);
        }
    }

    /// <summary>Stores what is left, for three seconds at the most.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _hurry.Dispose();
    }

    public void Dispose()
    {
        EndAsync().GetAwaiter().GetResult();
        _hurry.Dispose();
    }

    private async Task EndAsync()
    {
        if (!_lines.Writer.TryComplete())
        {
            return;
        }

        await _hurry.CancelAsync();
        if (_writing is { } writing)
        {
            await Task.WhenAny(writing, Task.Delay(Farewell));
        }
    }

    private async Task WriteAsync()
    {
        var lines = new List<CrmExchange>();
        while (await _lines.Reader.WaitToReadAsync())
        {
            await GatherAsync(lines);
            await StoreAsync(lines);
            lines.Clear();
        }
    }

    /// <summary>Waits a moment, so that a night stores its lines some hundred at a time and not each for itself.</summary>
    private async Task GatherAsync(List<CrmExchange> lines)
    {
        if (!_hurry.IsCancellationRequested)
        {
            // Real time: what is gathered does not concern the clock of the CRM.
            await Task.Delay(Gathering, _hurry.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        while (lines.Count < MostAtOnce && _lines.Reader.TryRead(out var line))
        {
            lines.Add(line);
        }
    }

    private async Task StoreAsync(List<CrmExchange> lines)
    {
        try
        {
            await store.AddAsync(lines, CancellationToken.None);
            await TidyAsync();
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException or ObjectDisposedException)
        {
            Drop(lines.Count);
            Log.NotStored(logger, lines.Count, Dropped, failure.Message);
        }
    }

    private async Task TidyAsync()
    {
        if (_tidied is { } last && time.GetElapsedTime(last) < Tidying)
        {
            return;
        }

        _tidied = time.GetTimestamp();
        await store.EmptyAsync(ExchangeDays.Old(time.GetUtcNow(), options.Value.KeepDays), CancellationToken.None);
    }

    private void Drop(int lines)
    {
        var before = Interlocked.Add(ref _dropped, lines) - lines;
        if (before == 0)
        {
            Log.Dropped(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Lines} lines of the log of calls were not stored, {All} since the start. {Failure}")]
        public static partial void NotStored(ILogger logger, int lines, long all, string failure);

        [LoggerMessage(2, LogLevel.Warning, "The log of calls begins to lose lines.")]
        public static partial void Dropped(ILogger logger);
    }
}
