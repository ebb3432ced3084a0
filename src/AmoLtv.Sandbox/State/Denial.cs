namespace AmoLtv.Sandbox.State;

/// <summary>A user may not see this entity.</summary>
public sealed record Denial(long UserId, EntityKind Entity, long EntityId);
