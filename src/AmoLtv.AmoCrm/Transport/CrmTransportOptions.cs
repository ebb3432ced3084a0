namespace AmoLtv.AmoCrm.Transport;

/// <summary>How the CRM is called.</summary>
/// <param name="RequestsPerSecond">Permitted rate for each (integration, account); the CRM itself allows 7.</param>
/// <param name="Timeout">How long one attempt may take until its headers, and again until the end of its body.</param>
public sealed record CrmTransportOptions(double RequestsPerSecond, TimeSpan Timeout);
