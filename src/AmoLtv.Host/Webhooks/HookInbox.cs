using System.Threading.Channels;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.Host.Webhooks;

/// <summary>
/// Keeps what hooks say before they are answered. One commit serves all that wait for it: while one is on its way to the disk the next
/// ones gather, so that a flood costs a few commits a second and a single hook no delay.
/// </summary>
internal sealed partial class HookInbox : IAsyncDisposable
{
    /// <summary>Hooks that may wait; beyond that the CRM is told to come again.</summary>
    private const int MostWaiting = 20_000;

    private const int MostAtOnce = 2_000;

    private readonly HookMarkStore _store;
    private readonly ILogger<HookInbox> _logger;
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Task _writing;

    public HookInbox(HookMarkStore store, ILogger<HookInbox> logger)
    {
        (_store, _logger) = (store, logger);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Ends when the marks are safe.</summary>
    /// <returns>False where they are not: too many wait, or the database cannot be written.</returns>
    public async Task<bool> AddAsync(AccountId account, IReadOnlyList<ChangeMark> marks, DateTimeOffset receivedAt)
    {
        var waiting = new Waiting(account, marks, receivedAt);
        return _waiting.Writer.TryWrite(waiting) && await waiting.Kept.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        var batch = new List<Waiting>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostAtOnce && _waiting.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            var isKept = await TryKeepAsync(batch);
            foreach (var waiting in batch)
            {
                waiting.Kept.SetResult(isKept);
            }

            batch.Clear();
        }
    }

    private async Task<bool> TryKeepAsync(List<Waiting> batch)
    {
        try
        {
            await _store.AddAsync([.. batch.SelectMany(waiting => waiting.Marks.Select(mark => (waiting.Account, mark, waiting.ReceivedAt)))], isHeard: true);
            return true;
        }
        catch (Exception failure)
        {
            // Whatever it is: were the writer to end, every later hook would wait for ever.
            Log.NotKept(_logger, failure, batch.Count);
            return false;
        }
    }

    private sealed class Waiting(AccountId account, IReadOnlyList<ChangeMark> marks, DateTimeOffset receivedAt)
    {
        public AccountId Account { get; } = account;

        public IReadOnlyList<ChangeMark> Marks { get; } = marks;

        public DateTimeOffset ReceivedAt { get; } = receivedAt;

        public TaskCompletionSource<bool> Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Count} hooks could not be kept; the CRM is told to send them again.")]
        public static partial void NotKept(ILogger logger, Exception failure, int count);
    }
}
