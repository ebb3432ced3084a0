using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Net;
using System.Text;
using System.Web;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Somebody's address for hooks: keeps what comes and answers as told.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<NameValueCollection> _received = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Task _work;

    private HookReceiver(int port)
    {
        Address = $"http://127.0.0.1:{port}/hooks/secret";
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _work = ListenAsync();
    }

    public string Address { get; }

    public int Status { get; set; } = 200;

    /// <summary>Completes when the next request may be answered.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public static HookReceiver Start()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new HookReceiver(Random.Shared.Next(20_000, 40_000));
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // Somebody else's port.
            }
        }
    }

    /// <summary>The next request's form.</summary>
    public async Task<NameValueCollection> NextAsync()
    {
        Assert.That(await _arrived.WaitAsync(TimeSpan.FromSeconds(60)), Is.True, "No hook came.");
        return _received.TryDequeue(out var form) ? form : throw new InvalidOperationException("Nothing was received.");
    }

    public bool HasMore => !_received.IsEmpty;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _work;
        _arrived.Dispose();
    }

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var form = HttpUtility.ParseQueryString(await reader.ReadToEndAsync());
        form.Add("content-type", context.Request.ContentType);
        _received.Enqueue(form);
        _arrived.Release();
        await Gate;
        context.Response.StatusCode = Status;
        context.Response.Close();
    }
}
