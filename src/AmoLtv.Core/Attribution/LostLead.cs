using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Attribution;

/// <summary>A lead that was closed without a sale.</summary>
/// <param name="Lead">Its number.</param>
/// <param name="Client">The client it belongs to; null where it has neither company nor contact.</param>
/// <param name="LostFrom">The stage it stood in before it was lost; null where nobody saw.</param>
/// <param name="LossReason">Number of the account's loss reason; null where none was given.</param>
/// <param name="Amount">As entered, 0 or above, in the account's currency; null where none was.</param>
public readonly record struct LostLead(LeadId Lead, CustomerKey? Client, StageKey? LostFrom, long? LossReason, decimal? Amount);
