using Flurl.Http;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>Makes HTTP clients whose attempts are repeated, paced and timed. The connections below are pooled by the factory.</summary>
public sealed class CrmHttp(IHttpMessageHandlerFactory handlers, RequestPacers pacers, CrmTransportOptions options, TimeProvider time)
{
    /// <summary>Name of the pooled handler at <see cref="IHttpMessageHandlerFactory"/>.</summary>
    public const string HandlerName = "amocrm";

    private static readonly string UserAgent = $"AmoLtv/{typeof(CrmHttp).Assembly.GetName().Version?.ToString(3)}";

    internal TimeSpan Timeout => options.Timeout;

    internal TimeProvider Time => time;

    /// <param name="attempt">How long one attempt may take, where that is not the configured time.</param>
    internal IFlurlClient Create(string clientId, Uri baseAddress, RequestLane lane, TimeSpan? attempt = null)
    {
        var pacing = new PacingHandler(
            pacers.For(clientId, baseAddress), lane, attempt ?? options.Timeout, time, handlers.CreateHandler(HandlerName));
        // The pooled handler belongs to the factory: disposing this client must not close it.
        var client = new HttpClient(new RepeatingHandler(RetryRule.Repeats(lane), time, pacing), disposeHandler: false)
        {
            // Attempts have their own time; a queue for the pacer may be long.
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        client.DefaultRequestHeaders.Accept.ParseAdd("application/hal+json, application/json");
        var flurl = new FlurlClient(client) { BaseUrl = baseAddress.GetLeftPart(UriPartial.Authority) };
        flurl.Settings.Timeout = null;
        return flurl;
    }

    /// <summary>
    /// The pooled handler: redirects are never followed and cookies are not kept, so that a token or secret
    /// goes to the host it is meant for and to no other.
    /// </summary>
    internal static SocketsHttpHandler CreateHandler(TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = System.Net.DecompressionMethods.All,
    };
}
