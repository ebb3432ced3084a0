using AmoLtv.Host.Installing;
using Npgsql;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Whether the CRM can be called from here, and what time it is there.</summary>
internal sealed class CrmCheck(IntegrationDirectory integrations, AccountStore accounts) : ICheck
{
    public const string Name = "crm";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var hosts = CrmHosts.Choose(await ListAsync(cancellationToken), integrations.ExtraHosts, integrations.All.Select(integration => integration.AuthorizeUri));
        var findings = new List<Finding>();
        foreach (var host in hosts)
        {
            var answer = await HttpProbe.AskAsync(host, cancellationToken);
            findings.Add(Judge(host, answer));
            if (answer.Date is { } date && !findings.Exists(finding => finding.Check == ClockRule.Name))
            {
                findings.Add(ClockRule.Judge(date - TimeProvider.System.GetUtcNow(), $"that of {host.Authority}"));
            }
        }

        return findings.Count > 0
            ? findings
            : [Finding.Warning(Name, "There is no integration and no account: nobody would be called.", "Fill in Integrations in appsettings.json.")];
    }

    internal static Finding Judge(Uri host, HttpProbeAnswer answer) => answer.Status is not null
        ? Finding.Ok(Name, $"{host.Authority} answers.")
        : Finding.Failed(
            Name, $"{host.Authority} cannot be reached: {answer.Failure}.",
            $"Let this machine make calls to {host.Authority}, port {host.Port}: look at DNS, the firewall, and HTTPS_PROXY where calls go through a proxy.");

    /// <summary>A database that is away has a finding of its own.</summary>
    private async Task<IReadOnlyList<Uri>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await accounts.ListAsync(cancellationToken)).Select(account => account.BaseAddress)];
        }
        catch (NpgsqlException)
        {
            return [];
        }
    }
}
