using System.Net;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>What made a circuit open.</summary>
/// <param name="Reason">The CRM's own words, null where it gave none.</param>
/// <param name="RequestId">The CRM's number of the request, for its support.</param>
/// <param name="Rest">How long the CRM itself asked to be left alone, null where it did not say.</param>
public sealed record CircuitOpening(CircuitCause Cause, HttpStatusCode Status, string? Reason, string? RequestId, TimeSpan? Rest);
