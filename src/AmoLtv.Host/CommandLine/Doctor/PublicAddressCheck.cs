using System.Globalization;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Webhooks;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Whether the service answers at the address by which the CRM calls it: with the code of an install, and with hooks.</summary>
internal sealed class PublicAddressCheck(IntegrationDirectory integrations, IOptions<WebhooksOptions> options) : ICheck
{
    public const string Name = "public-address";

    private const string Alive = "Healthy";

    /// <summary>Whoever renews certificates by itself does so a month before their end: what is left then is left by a renewal that fails.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(21);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var addresses = integrations.All.Select(integration => integration.Crm.RedirectUri).Append(options.Value.PublicAddress).OfType<Uri>()
            .Select(address => new Uri(address.GetLeftPart(UriPartial.Authority))).Distinct().ToList();
        var findings = new List<Finding>();
        foreach (var address in addresses)
        {
            findings.Add(Judge(address, await HttpProbe.AskAsync(new Uri(address, "/health/live"), cancellationToken), TimeProvider.System.GetUtcNow()));
        }

        return findings.Count > 0
            ? findings
            : [Finding.Warning(Name, "The service has no public address yet.", "Fill in Integrations:0:RedirectUri, or Webhooks:PublicAddress.")];
    }

    internal static Finding Judge(Uri address, HttpProbeAnswer answer, DateTimeOffset now) => answer switch
    {
        { Status: 200, Text: Alive, CertificateEnds: { } ends } when ends - now < Soon => Finding.Warning(
            Name, string.Create(CultureInfo.InvariantCulture, $"The certificate of {address.Authority} ends on {ends:yyyy-MM-dd}: then no browser and no CRM calls the service."),
            "Renew it, and see why it was not renewed by itself."),
        { Status: 200, Text: Alive } => Finding.Ok(Name, $"The service answers at {address.Authority}."),
        { Status: 502 or 503 or 504 } => Finding.Failed(
            Name, $"The proxy at {address.Authority} answers {answer.Status}: the service behind it does not.", "Start the service: amoltv serve, or systemctl start amoltv.target."),
        { Status: { } status } => Finding.Failed(
            Name, $"Something else answers at {address.Authority} (status {status}).", "Let the proxy hand every path of this address on to the service."),
        _ => Finding.Failed(
            Name, $"Nothing answers at {address.Authority}: {answer.Failure}.",
            "Start the service and its proxy, and look at DNS, certificate and firewall. Where this machine cannot call its own public address, ask from another: "
            + $"curl {new Uri(address, "/health/live")}"),
    };
}
