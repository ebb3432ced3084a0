using System.Net.Http.Headers;
using System.Threading.Channels;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Hooks;

/// <summary>Delivers bodies in the background, repeats them by the vendor's table and by the sandbox's clock, and disables hooks that fail too much.</summary>
internal sealed class HookSender : IAsyncDisposable
{
    private const int AtOnce = 16;

    /// <summary>Real seconds: the receiver's machine is as fast as it is, however fast the sandbox's time runs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private readonly SandboxState _state;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Patience };
    private readonly Channel<HookDelivery> _queue = Channel.CreateUnbounded<HookDelivery>();
    private readonly Lock _gate = new();
    private readonly PriorityQueue<HookDelivery, DateTimeOffset> _later = new();
    private readonly Dictionary<long, Queue<DateTimeOffset>> _violations = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _work;
    private HookTally _tally = new(0, 0, 0, 0, 0);

    public HookSender(SandboxState state)
    {
        _state = state;
        _work = Task.WhenAll([RepeatAsync(), .. Enumerable.Range(0, AtOnce).Select(_ => WorkAsync())]);
    }

    public HookTally Tally
    {
        get
        {
            lock (_gate)
            {
                return _tally;
            }
        }
    }

    public void Send(HookDelivery delivery)
    {
        Count(tally => tally with { Waiting = tally.Waiting + 1 });
        _queue.Writer.TryWrite(delivery);
    }

    /// <summary>Forgets what is still to be repeated and past failures of a hook: it was enabled by hand, or is gone.</summary>
    public void Forget(long webhookId)
    {
        lock (_gate)
        {
            _violations.Remove(webhookId);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // May be asked twice; the source is left alone then: it holds no timer and no handle.
        await _stopping.CancelAsync();
        await _work;
        _http.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var delivery in _queue.Reader.ReadAllAsync(_stopping.Token))
            {
                await DeliverAsync(delivery);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The sandbox stops; what was not delivered is lost, as in a CRM that promises nothing.
        }
    }

    private async Task RepeatAsync()
    {
        using var timer = new PeriodicTimer(Glance);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                lock (_gate)
                {
                    while (_later.TryPeek(out _, out var due) && due <= _state.Clock.Now)
                    {
                        _queue.Writer.TryWrite(_later.Dequeue());
                    }
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The sandbox stops.
        }
    }

    private async Task DeliverAsync(HookDelivery delivery)
    {
        string? destination;
        lock (_state.Gate)
        {
            destination = _state.Webhooks.FirstOrDefault(hook => hook.Id == delivery.WebhookId && !hook.Disabled)?.Destination;
        }

        if (destination is null)
        {
            Count(tally => tally with { Waiting = tally.Waiting - 1, GivenUp = tally.GivenUp + 1 });
            return;
        }

        Settle(delivery, await PostAsync(destination, delivery.Body));
    }

    /// <summary>The status; 499 when no answer came in time, 0 when nothing listened.</summary>
    private async Task<int> PostAsync(string destination, byte[] body)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            using var request = new HttpRequestMessage(HttpMethod.Post, destination) { Content = content };
            request.Headers.UserAgent.ParseAdd("amoCRM-Webhooks/3.0");
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stopping.Token);
            return (int)answer.StatusCode;
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            return 499;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private void Settle(HookDelivery delivery, int status)
    {
        var now = _state.Clock.Now;
        var pause = RetryTable.Next(delivery.Attempt, status);
        lock (_gate)
        {
            _tally = RetryTable.IsValid(status)
                ? _tally with { Waiting = _tally.Waiting - 1, Delivered = _tally.Delivered + 1, Attempts = _tally.Attempts + 1 }
                : _tally with
                {
                    Attempts = _tally.Attempts + 1,
                    Invalid = _tally.Invalid + 1,
                    Waiting = _tally.Waiting - (pause is null ? 1 : 0),
                    GivenUp = _tally.GivenUp + (pause is null ? 1 : 0),
                };
            if (pause is { } after)
            {
                _later.Enqueue(delivery with { Attempt = delivery.Attempt + 1, DueAt = now + after }, now + after);
            }
        }

        if (!RetryTable.IsValid(status) && Violated(delivery.WebhookId, now))
        {
            Disable(delivery.WebhookId);
        }
    }

    /// <summary>True when this invalid answer is one too many.</summary>
    private bool Violated(long webhookId, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_violations.TryGetValue(webhookId, out var moments))
            {
                _violations.Add(webhookId, moments = new Queue<DateTimeOffset>());
            }

            moments.Enqueue(now);
            while (moments.Peek() <= now - RetryTable.ViolationWindow)
            {
                moments.Dequeue();
            }

            return moments.Count > RetryTable.BearableViolations;
        }
    }

    private void Disable(long webhookId)
    {
        lock (_state.Gate)
        {
            if (_state.Webhooks.FirstOrDefault(hook => hook.Id == webhookId && !hook.Disabled) is { } hook)
            {
                _state.Save(hook with { Disabled = true, UpdatedAt = _state.Clock.Seconds });
                _state.Journal?.Flush();
            }
        }
    }

    private void Count(Func<HookTally, HookTally> change)
    {
        lock (_gate)
        {
            _tally = change(_tally);
        }
    }
}
