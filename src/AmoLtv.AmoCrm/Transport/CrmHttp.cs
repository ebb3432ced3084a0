using Flurl.Http;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>Makes HTTP clients whose attempts are repeated, paced and timed. The connections below are pooled by the factory.</summary>
/// <param name="log">Takes every attempt; null: nobody keeps them.</param>
public sealed class CrmHttp(
    IHttpMessageHandlerFactory handlers, RequestPacers pacers, Circuits circuits, CrmTransportOptions options, TimeProvider time, IExchangeLog? log = null)
{
    /// <summary>Name of the pooled handler at <see cref="IHttpMessageHandlerFactory"/>.</summary>
    public const string HandlerName = "amocrm";

    private static readonly string UserAgent = $"AmoLtv/{typeof(CrmHttp).Assembly.GetName().Version?.ToString(3)}";

    internal TimeSpan Timeout => options.Timeout;

    internal TimeProvider Time => time;

    internal Circuit CircuitOf(string clientId, Uri baseAddress) => circuits.For(new BudgetKey(clientId, baseAddress));

    /// <param name="attempt">How long one attempt may take, where that is not the configured time.</param>
    internal IFlurlClient Create(string clientId, Uri baseAddress, RequestLane lane, TimeSpan? attempt = null)
    {
        var key = new BudgetKey(clientId, baseAddress);
        var line = new AccountLine(key, pacers.For(key), circuits.For(key));
        var pacing = new PacingHandler(line, lane, attempt ?? options.Timeout, time, log, handlers.CreateHandler(HandlerName));
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
        // The numbers of our traces are nobody else's: the CRM is not told them.
        ActivityHeadersPropagator = null,
    };
}
