using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.Control;

namespace AmoLtv.Sandbox.Api;

/// <summary>One request and its answer, with everything that may go wrong on the way put in between.</summary>
internal static class Exchange
{
    /// <summary>What the web server says when the CRM behind it takes too long.</summary>
    public static Answer GatewayTimeout { get; } = Answer.Html(504, Page("504 Gateway Time-out"));

    /// <summary>A handler that is counted and may be made to fail.</summary>
    public static RequestDelegate Handler(AccountsByPort accounts, Func<HttpContext, SandboxContext, Task<Answer>> work)
    {
        Task HandleAsync(HttpContext http)
        {
            var sandbox = accounts.Of(http);
            return RunAsync(http, sandbox, () => work(http, sandbox));
        }

        return HandleAsync;
    }

    /// <summary>The failure that a request meets on its way, kept with the request for whoever answers it.</summary>
    public static Fault? FaultOf(HttpContext http) => http.Items.TryGetValue(typeof(Fault), out var fault) ? fault as Fault : null;

    /// <summary>The bearer token sent; null when there is none.</summary>
    public static string? TokenOf(HttpContext http)
    {
        const string scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;
    }

    /// <summary>Counts the request, lets an ordered failure happen, else works out the answer and sends it.</summary>
    public static async Task RunAsync(HttpContext http, SandboxContext sandbox, Func<Task<Answer>> work)
    {
        http.Response.Headers["X-Request-Id"] = Guid.NewGuid().ToString("N");
        var path = http.Request.Path.Value!;
        sandbox.Statistics.Requested(http.Request.Method, path, TokenOf(http) is { } token ? sandbox.Tokens.OwnerOf(token) : null);
        var (latency, fault) = sandbox.Faults.Meet(http.Request.Method, path, int.TryParse(http.Request.Query["page"], CultureInfo.InvariantCulture, out var page) && page > 1);
        if (latency is { Milliseconds: { } milliseconds })
        {
            await Task.Delay(milliseconds, http.RequestAborted);
        }

        if (fault is { Kind: FaultKind.Timeout })
        {
            await HangAsync(http, fault.Milliseconds);
            return;
        }

        if (fault is { Kind: FaultKind.Reset })
        {
            http.Abort();
            return;
        }

        if (fault is { Kind: FaultKind.Skew })
        {
            sandbox.State.Clock.Advance(TimeSpan.FromSeconds(fault.Seconds));
        }

        http.Items[typeof(Fault)] = fault;
        var answer = FaultAnswer(fault) ?? await work();
        sandbox.Statistics.Answered(answer.Status);
        if (fault is { Kind: FaultKind.Lost or FaultKind.Truncated or FaultKind.Stalled })
        {
            await CutAsync(http, answer, fault);
            return;
        }

        await SendAsync(http, answer);
    }

    public static async Task SendAsync(HttpContext http, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.Location is not null)
        {
            http.Response.Headers.Location = answer.Location;
        }

        if (answer.ContentType is not null)
        {
            http.Response.ContentType = answer.ContentType;
            http.Response.ContentLength = answer.Body.Length;
            await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
        }
    }

    /// <summary>The body as JSON; undefined when it is empty, null when it cannot be read.</summary>
    public static async Task<JsonElement?> ReadJsonAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (body.Length == 0)
        {
            return default(JsonElement);
        }

        try
        {
            using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Answer? FaultAnswer(Fault? fault) => fault?.Kind switch
    {
        FaultKind.Html => Answer.Html(200, Page("Технические работы")),
        FaultKind.ServerError => Answer.Html(500, Page("500 Internal Server Error")),
        FaultKind.BadGateway => Answer.Html(502, Page("502 Bad Gateway")),
        FaultKind.Unavailable => Answer.Html(503, Page("503 Service Temporarily Unavailable")),
        FaultKind.GatewayTimeout => GatewayTimeout,
        FaultKind.TooManyRequests when fault.RetryAfter is { } seconds => Problem.TooManyRequests(seconds),
        FaultKind.TooManyRequests => Answer.Html(429, Page("429 Too Many Requests")),
        FaultKind.Forbidden => Answer.Html(403, Page("403 Forbidden")),
        FaultKind.PaymentRequired => Problem.PaymentRequired,
        _ => null,
    };

    private static string Page(string title) => $"<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center><hr><center>nginx</center></body></html>";

    private static async Task HangAsync(HttpContext http, int? milliseconds)
    {
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        await Task.Delay(milliseconds ?? Timeout.Infinite, end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        http.Abort();
    }

    private static async Task CutAsync(HttpContext http, Answer answer, Fault fault)
    {
        if (fault.Kind != FaultKind.Lost && answer.Body.Length > 0)
        {
            http.Response.StatusCode = answer.Status;
            http.Response.ContentType = answer.ContentType;
            http.Response.ContentLength = answer.Body.Length;
            await http.Response.Body.WriteAsync(answer.Body[..(answer.Body.Length / 2)], http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }

        if (fault.Kind == FaultKind.Stalled)
        {
            await HangAsync(http, fault.Milliseconds);
            return;
        }

        http.Abort();
    }
}
