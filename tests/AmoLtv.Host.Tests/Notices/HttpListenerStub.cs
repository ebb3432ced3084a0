using System.Net;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Notices;

/// <summary>A receiver of webhooks on loopback that keeps what it is sent.</summary>
internal sealed class HttpListenerStub : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public HttpListenerStub()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    /// <summary>Where a redirect leads.</summary>
    public Uri? Location { get; set; }

    /// <summary>It answers when this has ended.</summary>
    public Task Patience { get; set; } = Task.CompletedTask;

    public List<(string Path, string Signature, byte[] Body)> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            var context = await _listener.GetContextAsync();
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            Requests.Add((context.Request.Url!.AbsolutePath, context.Request.Headers["X-AmoLtv-Signature"] ?? "", body.ToArray()));
            await Patience;
            context.Response.StatusCode = (int)Status;
            if (Location is not null)
            {
                context.Response.RedirectLocation = Location.ToString();
            }

            context.Response.Close();
        }
    }
}
