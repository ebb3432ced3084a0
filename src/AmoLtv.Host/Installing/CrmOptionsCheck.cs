using System.Globalization;
using AmoLtv.AmoCrm.OAuth;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Installing;

/// <summary>Names each wrong key of the section <c>Crm</c> and what is allowed there.</summary>
internal sealed class CrmOptionsCheck : IValidateOptions<CrmOptions>
{
    public ValidateOptionsResult Validate(string? name, CrmOptions options)
    {
        var errors = options.ExtraHosts
            .Select((host, index) => (host, index))
            .Where(extra => !CrmHost.TryParseExtra(extra.host, out _))
            .Select(extra => $"Crm:ExtraHosts:{extra.index}: '{extra.host}' is not allowed; host[:port] called over https, or a loopback host called over http.")
            .ToList();
        if (options.RequestsPerSecond is not (>= 0.1 and <= 7))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"Crm:RequestsPerSecond: {options.RequestsPerSecond} is not allowed; 0.1 to 7."));
        }

        errors.AddRange(new[] { ("EgressPerSecond", options.EgressPerSecond), ("KommoEgressPerSecond", options.KommoEgressPerSecond) }
            .Where(egress => egress.Item2 is not (>= 0.1 and <= 1000))
            .Select(egress => string.Create(CultureInfo.InvariantCulture, $"Crm:{egress.Item1}: {egress.Item2} is not allowed; 0.1 to 1000.")));
        if (options.Processes is not (>= 1 and <= 100))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"Crm:Processes: {options.Processes} is not allowed; 1 to 100."));
        }

        if (options.TimeoutSeconds is not (>= 1 and <= 120))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"Crm:TimeoutSeconds: {options.TimeoutSeconds} is not allowed; 1 to 120."));
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
