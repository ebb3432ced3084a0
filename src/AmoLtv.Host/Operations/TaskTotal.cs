namespace AmoLtv.Host.Operations;

/// <summary>What came of the tasks of one kind.</summary>
/// <param name="Kind">slipping, tierUp or tierDown.</param>
/// <param name="Waiting">Found and not created yet.</param>
/// <param name="Open">Created and not completed.</param>
/// <param name="Gone">Deleted in the CRM.</param>
/// <param name="BoughtSince">Clients that have bought after the reason was found.</param>
/// <param name="Failed">Refused by the CRM.</param>
public sealed record TaskTotal(string Kind, long Waiting, long Created, long Open, long Completed, long Gone, long BoughtSince, long Failed);
