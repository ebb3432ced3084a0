using System.Net;
using System.Net.Sockets;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>Waits for a turn, gives the attempt its time, and writes down what came of it.</summary>
/// <param name="timeout">Of one attempt.</param>
internal sealed class PacingHandler(
    AccountLine line, RequestLane lane, TimeSpan timeout, TimeProvider time, IExchangeLog? log, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>How long a person's request waits for its turn; the widget gives up after ten seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>After a 429 the whole rate rests, not only the request that met it.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        await WaitAsync(cancellationToken);
        var waited = time.GetElapsedTime(asked);
        CrmTelemetry.Waited(lane, waited);
        if (line.Circuit.Current is { } open && !CrmRequest.IsAccountRequest(request) && !CrmRequest.IsTokenRequest(request))
        {
            // Opened while this one waited for its turn.
            throw new CircuitOpenException(open);
        }

        using var span = CrmTelemetry.Begin(request, lane, waited);
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        try
        {
            var response = await SendInTimeAsync(request, cancellationToken);
            Log(request, at, began, response, failure: null);
            CrmTelemetry.Ended(span, request, lane, time.GetElapsedTime(began), response.StatusCode, failure: null);
            line.Circuit.Answered(response.StatusCode);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                var pause = await RepeatingHandler.RetryAfterAsync(response);
                line.Pacer.Pause(pause is { } rest && rest > Rest && rest <= RetryRule.LongestWait ? rest : Rest);
            }

            return response;
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutException or OperationCanceledException)
        {
            CrmFailure? kind = failure switch
            {
                HttpRequestException => CrmFailure.Unreachable,
                TimeoutException => CrmFailure.Timeout,
                // Given up by who asked.
                _ => null,
            };
            Log(request, at, began, response: null, kind);
            CrmTelemetry.Ended(span, request, lane, time.GetElapsedTime(began), status: null, kind);
            throw;
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (lane == RequestLane.Batch)
        {
            await line.Pacer.WaitAsync(lane, cancellationToken);
            return;
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await line.Pacer.WaitAsync(lane, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NoPermitException();
        }
    }

    private async Task<HttpResponseMessage> SendInTimeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var response = await base.SendAsync(request, both.Token);
            await KeepBodyAsync(request, response, both.Token);
            cancellationToken.ThrowIfCancellationRequested();
            return response;
        }
        catch (OperationCanceledException cancelled) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {timeout.TotalSeconds:0} seconds.", cancelled);
        }
        catch (SocketException cut)
        {
            // A connection that is cut just as it is made is told without HttpClient's words.
            throw new HttpRequestException(HttpRequestError.ConnectionError, cut.Message, cut);
        }
    }

    /// <summary>
    /// Reads within the attempt's time what nobody else sets a limit to: an error's words, and whatever the token endpoint says. A body that
    /// stalls after its headers would hold a renewal, and with it the account, for ever. An error without its words is still that error.
    /// </summary>
    private static async Task KeepBodyAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode && !CrmRequest.IsTokenRequest(request))
        {
            return;
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(CrmBody.MaxKeptBytes, cancellationToken);
        }
        catch (Exception cut) when (!response.IsSuccessStatusCode && (cut is HttpRequestException or IOException or OperationCanceledException))
        {
            response.Content.Dispose();
            response.Content = new ByteArrayContent([]);
        }
    }

    private void Log(HttpRequestMessage request, DateTimeOffset at, long began, HttpResponseMessage? response, CrmFailure? failure) =>
        log?.Add(new CrmExchange(
            line.Key, at, request.Method.Method, LoggedPath.Of(request.RequestUri!), (int?)response?.StatusCode, failure, time.GetElapsedTime(began),
            response is null ? null : CrmProblem.RequestId(response), RepeatingHandler.AttemptOf(request), lane));
}
