using AmoLtv.AmoCrm.OAuth;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Installing;

/// <summary>The integrations this service is, and the hosts it may call: both fixed at start.</summary>
public sealed class IntegrationDirectory(IOptions<IntegrationsOptions> integrations, IOptions<CrmOptions> crm)
{
    public IReadOnlyList<Integration> All { get; } = [.. integrations.Value.Items.Select(Read)];

    /// <summary>Hosts the operator added.</summary>
    public IReadOnlyList<Uri> ExtraHosts { get; } =
        [.. crm.Value.ExtraHosts.Select(host => CrmHost.TryParseExtra(host, out var address) ? address : null).OfType<Uri>()];

    public Integration? Find(string? clientId) =>
        All.FirstOrDefault(integration => string.Equals(integration.ClientId, clientId?.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The last gate before a secret or a refresh token leaves: the address still passes the host rule.</summary>
    /// <exception cref="ConnectionLostException">The address is not, or no longer, on the list.</exception>
    public Uri Permitted(Uri baseAddress) =>
        CrmHost.IsAccepted(baseAddress, ExtraHosts)
            ? baseAddress
            : throw new ConnectionLostException(
                $"{baseAddress.Authority} is not a host of the CRM. If it is yours, add it to Crm:ExtraHosts and start again.");

    private static Integration Read(IntegrationOptions options)
    {
        var crm = new CrmIntegration(options.ClientId, Secret(options.ClientSecret, options.ClientSecretFile)!, new Uri(options.RedirectUri))
        {
            PreviousSecret = Secret(options.PreviousClientSecret, options.PreviousClientSecretFile),
        };
        var authorize = options.AuthorizeUri ?? (options.Brand == "kommo" ? "https://www.kommo.com/oauth" : "https://www.amocrm.ru/oauth");
        return new Integration(crm, options.Brand, new Uri(authorize));
    }

    private static string? Secret(string? secret, string? file) => secret ?? (file is null ? null : File.ReadAllText(file).Trim());
}
