namespace AmoLtv.Core.Notices;

/// <summary>A lost connection that is over and of which nobody was told while it lasted.</summary>
/// <param name="Incident">The loss.</param>
/// <param name="ClosedAt">When the account was found connected again.</param>
public sealed record UntoldLoss(Incident Incident, DateTimeOffset ClosedAt);
