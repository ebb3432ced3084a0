using AmoLtv.AmoCrm.OAuth;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Installing;

/// <summary>Names each wrong host of <c>Crm:ExtraHosts</c>.</summary>
internal sealed class CrmOptionsCheck : IValidateOptions<CrmOptions>
{
    public ValidateOptionsResult Validate(string? name, CrmOptions options)
    {
        var errors = options.ExtraHosts
            .Select((host, index) => (host, index))
            .Where(extra => !CrmHost.TryParseExtra(extra.host, out _))
            .Select(extra => $"Crm:ExtraHosts:{extra.index}: '{extra.host}' is not allowed; host[:port] called over https, or a loopback host called over http.")
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
