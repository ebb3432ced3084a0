using AmoLtv.AmoCrm.OAuth;
using AmoLtv.Host.Installing;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Scheduling;

/// <summary>A sandbox's clock is for sandboxes: refused as soon as a host is named that is not on loopback.</summary>
internal sealed class ClockOptionsCheck(IOptions<CrmOptions> crm) : IValidateOptions<ClockOptions>
{
    public ValidateOptionsResult Validate(string? name, ClockOptions options)
    {
        if (options.SandboxClock is not { } clock)
        {
            return ValidateOptionsResult.Success;
        }

        if (!clock.IsAbsoluteUri || !CrmHost.IsLoopback(clock))
        {
            return ValidateOptionsResult.Fail($"Crm:SandboxClock: '{clock}' is not allowed; the address of a sandbox on loopback, for example http://127.0.0.1:8080.");
        }

        var foreign = crm.Value.ExtraHosts.Find(host => !CrmHost.TryParseExtra(host, out var address) || !CrmHost.IsLoopback(address));
        return crm.Value.ExtraHosts.Count > 0 && foreign is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Crm:SandboxClock: allowed only while every host of Crm:ExtraHosts is on loopback; found {foreign ?? "none"}.");
    }
}
