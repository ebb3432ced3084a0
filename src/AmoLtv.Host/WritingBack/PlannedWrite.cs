namespace AmoLtv.Host.WritingBack;

/// <summary>One field of one card that a run has to change, as its row stands.</summary>
public sealed record PlannedWrite(long EntityId, long FieldId, string? Before, string? After);
