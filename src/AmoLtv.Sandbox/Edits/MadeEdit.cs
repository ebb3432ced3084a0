using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Edits;

/// <summary>An edit that was made.</summary>
/// <param name="Kind">The word it was asked for by.</param>
/// <param name="Others">Rows absorbed by a merge, or the company that a lead moved to.</param>
internal sealed record MadeEdit(string Kind, EntityKind Entity, long Id, params long[] Others);
