using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Observing;

/// <summary>Names each wrong key of the section <c>Telemetry</c> and what is allowed there.</summary>
internal sealed class TelemetryOptionsCheck : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var errors = new List<string>();
        if (options.Endpoint is { } endpoint && !TelemetryTarget.IsAllowed(endpoint))
        {
            errors.Add($"Telemetry:Endpoint: '{endpoint}' is not allowed; http:// or https:// with a host, for example http://127.0.0.1:4318.");
        }

        if (options.Protocol is not (TelemetryTarget.Http or TelemetryTarget.Grpc))
        {
            errors.Add($"Telemetry:Protocol: '{options.Protocol}' is not allowed; {TelemetryTarget.Http} or {TelemetryTarget.Grpc}.");
        }

        if (options.MetricSeconds is not (>= 1 and <= 3600))
        {
            errors.Add($"Telemetry:MetricSeconds: {options.MetricSeconds} is not allowed; 1 to 3600.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
