namespace AmoLtv.Sandbox.State;

/// <summary>A tag or a source of leads.</summary>
public sealed record NamedItem(long Id, string Name);
