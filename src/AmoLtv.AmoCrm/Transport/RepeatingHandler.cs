using System.Text.Json;
using Polly;
using Polly.Retry;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>Repeats attempts by <see cref="RetryRule"/>. Each attempt passes the pacer, which sits below.</summary>
internal sealed class RepeatingHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpMethod> Method = new("method");
    private static readonly HttpRequestOptionsKey<int> Attempt = new("attempt");
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public RepeatingHandler(int repeats, TimeProvider time, HttpMessageHandler inner)
        : base(inner)
    {
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = repeats,
                ShouldHandle = IsRepeatedAsync,
                DelayGenerator = async args =>
                    RetryRule.Delay(args.AttemptNumber, await RetryAfterAsync(args.Outcome.Result), Random.Shared.NextDouble()),
            })
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Method, request.Method);
        var number = 0;
        try
        {
            return await _pipeline.ExecuteAsync(
                async attempt =>
                {
                    request.Options.Set(Attempt, ++number);
                    return await base.SendAsync(request, attempt.CancellationToken);
                },
                context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Which attempt at its call a request is, from 1.</summary>
    internal static int AttemptOf(HttpRequestMessage request) => request.Options.TryGetValue(Attempt, out var number) ? number : 1;

    /// <summary>The pause the CRM asks for: Kommo's <c>retry_after</c> in the body, else the header; null where it says nothing.</summary>
    internal static async ValueTask<TimeSpan?> RetryAfterAsync(HttpResponseMessage? response)
    {
        if (response is null || CrmFailures.FromStatus(response.StatusCode) != CrmFailure.Throttled)
        {
            return null;
        }

        var header = response.Headers.RetryAfter switch
        {
            { Delta: { } seconds } => seconds,
            { Date: { } until } when response.Headers.Date is { } now && until > now => until - now,
            _ => (TimeSpan?)null,
        };
        if (!CrmBody.IsJson(response))
        {
            return header;
        }

        try
        {
            // Kept in memory so that it can be read again for the error's words.
            await response.Content.LoadIntoBufferAsync(CrmBody.MaxProblemBytes);
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            return Json.Decimal(body.RootElement, "retry_after") is { } seconds and > 0 and < 86_400
                ? TimeSpan.FromSeconds((double)seconds)
                : header;
        }
        catch (Exception failure) when (failure is JsonException or HttpRequestException or IOException)
        {
            return header;
        }
    }

    private static async ValueTask<bool> IsRepeatedAsync(RetryPredicateArguments<HttpResponseMessage> attempt)
    {
        var method = attempt.Context.Properties.GetValue(Method, HttpMethod.Post);
        var failure = attempt.Outcome switch
        {
            { Exception: TimeoutException } => CrmFailure.Timeout,
            { Exception: HttpRequestException } => CrmFailure.Unreachable,
            { Result: { IsSuccessStatusCode: false } response } => CrmFailures.FromStatus(response.StatusCode),
            _ => (CrmFailure?)null,
        };
        return failure is { } kind && RetryRule.IsRepeated(method, kind, await RetryAfterAsync(attempt.Outcome.Result), attempt.AttemptNumber);
    }
}
