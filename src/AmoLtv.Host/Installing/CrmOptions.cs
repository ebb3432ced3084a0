namespace AmoLtv.Host.Installing;

/// <summary>How the CRM is called (section <c>Crm</c>).</summary>
public sealed class CrmOptions
{
    public const string Section = "Crm";

    /// <summary>Hosts beside the vendors' own that accounts may be on: <c>host[:port]</c>, over https; on loopback over http.</summary>
    public List<string> ExtraHosts { get; init; } = [];

    /// <summary>Permitted requests a second for each (integration, account), 0.1 to 7; the CRM itself allows 7.</summary>
    public double RequestsPerSecond { get; init; } = 6;

    /// <summary>Requests a second that leave this machine's address, all accounts together, those of kommo.com and amocrm.com aside; 0.1 to 1000.</summary>
    public double EgressPerSecond { get; init; } = 100;

    /// <summary>The same for accounts of kommo.com and amocrm.com, whose documentation counts its limit of 7 by the caller's address; 0.1 to 1000.</summary>
    public double KommoEgressPerSecond { get; init; } = 6;

    /// <summary>Processes that share this machine's address, 1 to 100: each takes an equal part of what leaves it.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>How long one attempt may take, seconds (1 to 120).</summary>
    public int TimeoutSeconds { get; init; } = 20;
}
