using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>
/// What the client tells of its calls to whoever measures: a span for each attempt, and three instruments. Nothing of it names an account, a
/// token or a value of a query: how many series there are does not depend on how many accounts there are.
/// </summary>
public static class CrmTelemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "AmoLtv.AmoCrm";

    public const string KindKey = "amoltv.crm.request.kind";
    public const string LaneKey = "amoltv.crm.lane";
    public const string AnswerKey = "amoltv.crm.answer";

    private const string MethodKey = "http.request.method";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "amoltv.crm.request.duration", "s", "Time of one attempt at a call to the CRM, its wait for a turn not counted.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60] });

    private static readonly Counter<long> Throttled =
        Meter.CreateCounter<long>("amoltv.crm.throttled", "{answer}", "Answers of the CRM that say: too many requests.");

    private static readonly Histogram<double> Waiting = Meter.CreateHistogram(
        "amoltv.crm.pace.wait", "s", "How long a call waited for its turn at the permitted rate.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300] });

    /// <summary>Words of a path that say what is asked for; all else is a number or not ours.</summary>
    private static readonly FrozenSet<string> Kinds = FrozenSet.Create(
        StringComparer.Ordinal,
        "access_token", "account", "catalogs", "companies", "contacts", "custom_fields", "elements", "events", "leads", "loss_reasons", "pipelines",
        "subdomain", "tasks", "users", "webhooks");

    internal static void Waited(RequestLane lane, TimeSpan wait) => Waiting.Record(wait.TotalSeconds, Lane(lane));

    /// <returns>Null while nobody listens.</returns>
    internal static Activity? Begin(HttpRequestMessage request, RequestLane lane, TimeSpan waited)
    {
        if (!Source.HasListeners() || Source.StartActivity($"{request.Method.Method} {KindOf(request.RequestUri!)}", ActivityKind.Client) is not { } span)
        {
            return null;
        }

        span.SetTag(MethodKey, request.Method.Method);
        span.SetTag("amoltv.crm.request.path", LoggedPath.Of(request.RequestUri!));
        span.SetTag("http.request.resend_count", RepeatingHandler.AttemptOf(request) - 1);
        span.SetTag(LaneKey, Word(lane));
        span.SetTag("amoltv.crm.pace.wait", waited.TotalSeconds);
        return span;
    }

    /// <param name="status">Null where no answer came.</param>
    /// <param name="failure">Why none came; null where who asked gave up.</param>
    internal static void Ended(Activity? span, HttpRequestMessage request, RequestLane lane, TimeSpan duration, HttpStatusCode? status, CrmFailure? failure)
    {
        var answer = AnswerOf(status, failure);
        Duration.Record(
            duration.TotalSeconds,
            new(MethodKey, request.Method.Method), new(KindKey, KindOf(request.RequestUri!)), Lane(lane), new(AnswerKey, answer));
        if (status == HttpStatusCode.TooManyRequests)
        {
            Throttled.Add(1, Lane(lane));
        }

        span?.SetTag(AnswerKey, answer);
        if (status is { } code)
        {
            span?.SetTag("http.response.status_code", (int)code);
        }

        if (answer is not ("success" or "cancelled"))
        {
            span?.SetStatus(ActivityStatusCode.Error);
            span?.SetTag("error.type", answer);
        }
    }

    /// <summary>What is asked for: the last word of the path that is one of the API's, else <c>other</c>.</summary>
    internal static string KindOf(Uri address) =>
        address.AbsolutePath.Split('/').LastOrDefault(Kinds.Contains) ?? "other";

    private static string AnswerOf(HttpStatusCode? status, CrmFailure? failure) => (int?)status switch
    {
        >= 200 and < 300 => "success",
        429 => "throttled",
        >= 500 => "failing",
        not null => "refused",
        null => failure switch { CrmFailure.Timeout => "timeout", null => "cancelled", _ => "unreachable" },
    };

    private static KeyValuePair<string, object?> Lane(RequestLane lane) => new(LaneKey, Word(lane));

    private static string Word(RequestLane lane) => lane == RequestLane.Interactive ? "interactive" : "batch";
}
