namespace AmoLtv.AmoCrm.Transport;

/// <summary>How the CRM is called.</summary>
/// <param name="RequestsPerSecond">Permitted rate for each (integration, account); the CRM itself allows 7.</param>
/// <param name="Timeout">How long one attempt may take until its headers, and again until the end of its body.</param>
/// <param name="EgressPerSecond">Requests a second that leave this address, all accounts together, those of kommo.com and amocrm.com aside.</param>
/// <param name="KommoEgressPerSecond">The same for accounts of kommo.com and amocrm.com.</param>
/// <param name="Processes">That share this address: each takes an equal part of what leaves it.</param>
public sealed record CrmTransportOptions(
    double RequestsPerSecond, TimeSpan Timeout, double EgressPerSecond = 100, double KommoEgressPerSecond = 6, int Processes = 1);
