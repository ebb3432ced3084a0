namespace AmoLtv.Soak;

/// <summary>Sends the service's requests over a <see cref="Wire"/>.</summary>
internal sealed class WireHandler(Wire wire) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        wire.SendAsync(() => base.SendAsync(request, cancellationToken), request.Method);
}
