namespace AmoLtv.Core.Notices;

/// <summary>What is known of an account's nights, of those too that never began.</summary>
/// <param name="Since">
/// The latest of: begin of the last whole calculation that ended, the account was connected, its connection came back, its settings were saved.
/// </param>
/// <param name="RunningSince">Begin of a whole calculation that is under way; null without one.</param>
/// <param name="Obstacle">What keeps nights from beginning, in the service's words; null where nothing is known.</param>
/// <param name="RefusedSince">Since when the CRM itself refuses every request, for a reason that does not pass by itself; null where it does not.</param>
public sealed record NightFacts(DateTimeOffset Since, DateTimeOffset? RunningSince, string? Obstacle, DateTimeOffset? RefusedSince = null);
