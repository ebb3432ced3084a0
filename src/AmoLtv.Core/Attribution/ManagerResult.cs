using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Attribution;

/// <summary>What a user won, grew and holds.</summary>
/// <param name="User">The user; null for what nobody is responsible for, so that the rows sum to the account.</param>
/// <param name="Won">By the user's leads.</param>
/// <param name="Grew">By the user's clients.</param>
/// <param name="Holds">By the user's clients.</param>
public sealed record ManagerResult(UserId? User, ManagerWins Won, ManagerGrowth Grew, ManagerHoldings Holds);
