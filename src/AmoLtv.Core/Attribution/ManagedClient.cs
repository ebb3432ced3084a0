using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;

namespace AmoLtv.Core.Attribution;

/// <summary>A client of the account, and whose it is now.</summary>
/// <param name="Key">The client.</param>
/// <param name="Responsible">Responsible user of its company or contact; null where the CRM names none.</param>
/// <param name="State">Its life-cycle state today.</param>
/// <param name="Value">What it adds to the base (<see cref="Standings.ValueOf"/>), 0 or above, in the account's currency.</param>
public readonly record struct ManagedClient(CustomerKey Key, UserId? Responsible, LifecycleState State, decimal Value);
