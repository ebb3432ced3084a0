using System.Reflection;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.Running;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AmoLtv.Host.Observing;

/// <summary>Registers what tells how the service does: health, and, where a collector is named, measurements and traces.</summary>
public static class ObservingRegistration
{
    /// <summary>
    /// Those of others beside our own: requests that came in by route and status, the pool of connections, memory and processor. Quartz's has a
    /// series for each job, which is one for each account: it is left out.
    /// </summary>
    internal static IReadOnlyList<string> Meters { get; } =
        [RunTelemetry.Name, CrmTelemetry.Name, CensusMeter.Name, "Microsoft.AspNetCore.Hosting", "Npgsql", "System.Runtime"];

    /// <summary>
    /// Our own alone: those of ASP.NET Core hold addresses, with the secrets of webhooks in them, and Npgsql's the text of each statement.
    /// </summary>
    private static readonly string[] Sources = [RunTelemetry.Name, CrmTelemetry.Name];

    private static readonly TimeSpan CheckPatience = TimeSpan.FromSeconds(3);

    public static void AddObserving(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsCheck>();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", timeout: CheckPatience)
            .AddCheck<MigrationsHealth>("migrations", timeout: CheckPatience)
            .AddCheck<KeysHealth>("keys", timeout: CheckPatience)
            .AddCheck<StoppingHealth>("stopping");
        if (TelemetryTarget.Find(builder.Configuration) is { } target)
        {
            builder.AddTelemetry(target);
        }
    }

    private static void AddTelemetry(this IHostApplicationBuilder builder, TelemetryTarget target)
    {
        builder.Services.AddSingleton<CensusReader>();
        builder.Services.AddSingleton<CensusMeter>();
        builder.Services.AddHostedService<CensusWatch>();
        builder.Services.AddSingleton<ConsoleFormatter, TracedConsole>();
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName ??= TracedConsole.FormatterName);
        var name = builder.Configuration["OTEL_SERVICE_NAME"] ?? "amoltv";
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name, serviceVersion: Version))
            .WithMetrics(metrics => metrics.AddMeter([.. Meters]).AddOtlpExporter((exporter, reader) =>
            {
                target.Apply(exporter, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = target.Metric * 1000;
            }))
            .WithTracing(traces => traces.AddSource(Sources).AddOtlpExporter(exporter => target.Apply(exporter, "v1/traces")));
    }

    private static string? Version => typeof(ObservingRegistration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
