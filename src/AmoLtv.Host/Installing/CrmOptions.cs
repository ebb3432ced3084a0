namespace AmoLtv.Host.Installing;

/// <summary>How the CRM is called (section <c>Crm</c>).</summary>
public sealed class CrmOptions
{
    public const string Section = "Crm";

    /// <summary>Hosts beside the vendors' own that accounts may be on: <c>host[:port]</c>, over https; on loopback over http.</summary>
    public List<string> ExtraHosts { get; init; } = [];

    /// <summary>Permitted requests a second for each (integration, account), 0.1 to 7; the CRM itself allows 7.</summary>
    public double RequestsPerSecond { get; init; } = 6;

    /// <summary>How long one attempt may take, seconds (1 to 120).</summary>
    public int TimeoutSeconds { get; init; } = 20;
}
