namespace AmoLtv.AmoCrm.Entities;

/// <summary>An element of a list that lacks what it must have.</summary>
/// <param name="Id">Its id, null where even that is missing.</param>
/// <param name="Reason">Which property is missing or of the wrong kind.</param>
public sealed record UnreadableRow(long? Id, string Reason);
