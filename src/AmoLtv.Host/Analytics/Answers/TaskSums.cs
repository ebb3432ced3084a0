namespace AmoLtv.Host.Analytics.Answers;

/// <summary>What came of the tasks of one kind.</summary>
/// <param name="Kind">slipping, tierUp, tierDown.</param>
/// <param name="Created">Created in the CRM.</param>
/// <param name="Open">Of them, not completed yet.</param>
/// <param name="Completed">Of them, completed.</param>
/// <param name="BoughtSince">Of them, clients that have bought after the reason was found.</param>
/// <param name="Value">Value of the clients of all created ones, in the account's currency.</param>
internal sealed record TaskSums(string Kind, long Created, long Open, long Completed, long BoughtSince, decimal Value);
