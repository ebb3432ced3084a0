namespace AmoLtv.Host.Installing;

/// <summary>A grant as the operator sees it.</summary>
/// <param name="Status">connected or lost.</param>
public sealed record ConnectedGrant(string ClientId, string Status, bool IsAdmin, string? Reason);
