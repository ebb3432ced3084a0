using OpenTelemetry.Exporter;

namespace AmoLtv.Host.Observing;

/// <summary>The collector that is sent to.</summary>
/// <param name="Endpoint">Without the path of a signal.</param>
/// <param name="Protocol"><see cref="Http"/> or <see cref="Grpc"/>.</param>
/// <param name="Metric">Seconds from one sending of metrics to the next.</param>
internal sealed record TelemetryTarget(Uri Endpoint, string Protocol, int Metric)
{
    public const string Http = "http/protobuf";
    public const string Grpc = "grpc";

    /// <summary>A collector that does not answer is given up so soon; what was not sent is dropped.</summary>
    private const int TimeoutMilliseconds = 5_000;

    private const string SharedEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string SharedProtocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    public static bool IsAllowed(Uri address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https", Host.Length: > 0 };

    /// <summary>
    /// Read before the options are, since services are registered by it: a wrong value counts as none here, and ends the start with the check
    /// of the options.
    /// </summary>
    /// <returns>Null where nobody is to be told.</returns>
    public static TelemetryTarget? Find(IConfiguration configuration)
    {
        var section = configuration.GetSection(TelemetryOptions.Section);
        var address = section[nameof(TelemetryOptions.Endpoint)] is { Length: > 0 } own ? own : configuration[SharedEndpoint];
        if (!Uri.TryCreate(address, UriKind.Absolute, out var endpoint) || !IsAllowed(endpoint))
        {
            return null;
        }

        var protocol = section[nameof(TelemetryOptions.Protocol)] ?? configuration[SharedProtocol] ?? Http;
        var seconds = section.GetValue<string>(nameof(TelemetryOptions.MetricSeconds));
        return new TelemetryTarget(endpoint, protocol, int.TryParse(seconds, System.Globalization.CultureInfo.InvariantCulture, out var metric) ? Math.Clamp(metric, 1, 3600) : 60);
    }

    /// <param name="exporter">To be set.</param>
    /// <param name="signal"><c>v1/metrics</c> or <c>v1/traces</c>, which OTLP over HTTP has in its path.</param>
    public void Apply(OtlpExporterOptions exporter, string signal)
    {
        var isGrpc = Protocol == Grpc;
        exporter.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = isGrpc ? Endpoint : new Uri(Endpoint.AbsoluteUri.TrimEnd('/') + '/' + signal);
        exporter.TimeoutMilliseconds = TimeoutMilliseconds;
    }
}
