namespace AmoLtv.Host.Observing;

/// <summary>Where measurements and traces go (section <c>Telemetry</c>). By default nowhere: nothing is measured beyond what the runtime does by itself.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>
    /// A collector that takes OTLP, <c>http://HOST:4318</c>; null: the one of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, and without that one nothing is
    /// sent to anybody.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary><c>http/protobuf</c> or <c>grpc</c>.</summary>
    public string Protocol { get; init; } = TelemetryTarget.Http;

    /// <summary>Seconds from one sending of metrics to the next, and from one look at the database to the next (1 to 3600).</summary>
    public int MetricSeconds { get; init; } = 60;
}
