using System.Collections.Concurrent;
using System.Text;
using AmoLtv.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AmoLtv.Host.Tests.Observing;

/// <summary>A collector on loopback that takes OTLP over HTTP and keeps what it was sent.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _metrics = new();
    private readonly ConcurrentQueue<byte[]> _traces = new();

    private OtlpReceiver(Uri address)
    {
        Address = address;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        _app = builder.Build();
        _app.MapPost("/v1/metrics", (HttpContext http) => TakeAsync(http, _metrics));
        _app.MapPost("/v1/traces", (HttpContext http) => TakeAsync(http, _traces));
    }

    public Uri Address { get; }

    /// <summary>All that was received, as text: what must not be in it can be looked for.</summary>
    public string Everything => string.Concat(_metrics.Concat(_traces).Select(Encoding.UTF8.GetString));

    public IReadOnlyList<OtlpSpan> Spans =>
    [
        .. from body in _traces
           from resource in new OtlpMessage(body).Messages(1)
           from scope in resource.Messages(2)
           from span in scope.Messages(2)
           select new OtlpSpan(span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Attributes(9)),
    ];

    public IReadOnlyList<OtlpMetric> Metrics =>
    [
        .. from body in _metrics
           from resource in new OtlpMessage(body).Messages(1)
           from scope in resource.Messages(2)
           from metric in scope.Messages(2)
           select new OtlpMetric(metric.Text(1), metric.Text(3), [.. PointsOf(metric)]),
    ];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver(new Uri($"http://127.0.0.1:{FreePort.Next()}"));
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task TakeAsync(HttpContext http, ConcurrentQueue<byte[]> kept)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        kept.Enqueue(body.ToArray());
        http.Response.ContentType = "application/x-protobuf";
    }

    /// <summary>Points of a gauge (5), a sum (7) or a histogram (9); the attributes of the last have another number.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, string>> PointsOf(OtlpMessage metric) =>
        from kind in new[] { (Field: 5, Attributes: 7), (Field: 7, Attributes: 7), (Field: 9, Attributes: 9) }
        from holder in metric.Messages(kind.Field)
        from point in holder.Messages(1)
        select point.Attributes(kind.Attributes);
}
