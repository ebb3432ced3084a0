namespace AmoLtv.Host.Tasks;

/// <summary>What came of the tasks of one kind.</summary>
/// <param name="Kind">slipping, tierUp, tierDown.</param>
/// <param name="Waiting">Found and not created yet: the daily cap was reached.</param>
/// <param name="Created">Created in the CRM.</param>
/// <param name="Open">Of them, not completed yet.</param>
/// <param name="Completed">Of them, completed.</param>
/// <param name="Gone">Of them, deleted in the CRM.</param>
/// <param name="BoughtSince">Of them, clients that have bought after the reason was found.</param>
/// <param name="Failed">The CRM refused them.</param>
/// <param name="Dropped">No news any more before they could be created.</param>
public sealed record TaskTotals(
    string Kind, long Waiting, long Created, long Open, long Completed, long Gone, long BoughtSince, long Failed, long Dropped);
