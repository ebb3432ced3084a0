using AmoLtv.AmoCrm.OAuth;
using AmoLtv.Host.Installing;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Whether the address that the CRM sends codes to is one the service answers at.</summary>
internal sealed class RedirectCheck(IntegrationDirectory integrations) : ICheck
{
    public const string Name = "redirect-uri";

    private const string Route = "/oauth/callback";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>(integrations.All.Count == 0
            ? [Finding.Warning(Name, "No integration is configured: no account can be connected.", "Fill in Integrations in appsettings.json.")]
            : [.. integrations.All.Select((integration, index) => Judge(index, integration.Crm.RedirectUri))]);

    /// <param name="index">Place of the integration in the list <c>Integrations</c>.</param>
    internal static Finding Judge(int index, Uri address)
    {
        var key = $"Integrations:{index}:RedirectUri";
        if (address.AbsolutePath != Route || address.Query.Length > 0)
        {
            return Finding.Failed(
                Name, $"{key}: {address} is not where the service takes codes.",
                $"Enter {new Uri(address, Route)} here and, the same to the letter, in the integration's settings at the CRM.");
        }

        if (address.Scheme != Uri.UriSchemeHttps && !CrmHost.IsLoopback(address))
        {
            return Finding.Failed(Name, $"{key}: {address} is not https: whoever listens would have the code.", "Put a proxy with TLS before the service, and enter its https address.");
        }

        return Finding.Ok(Name, CrmHost.IsLoopback(address)
            ? $"{key}: {address} is on this machine, which is enough for a sandbox alone."
            : $"{key}: {address}");
    }
}
