using System.Net;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>Waits for a turn, then gives the attempt its time.</summary>
internal sealed class PacingHandler(RequestPacer pacer, RequestLane lane, TimeSpan timeout, TimeProvider time, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    /// <summary>After a 429 the whole rate rests, not only the request that met it.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await pacer.WaitAsync(lane, cancellationToken);
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var response = await base.SendAsync(request, both.Token);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                pacer.Pause(Rest);
            }

            return response;
        }
        catch (OperationCanceledException cancelled) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {timeout.TotalSeconds:0} seconds.", cancelled);
        }
    }
}
