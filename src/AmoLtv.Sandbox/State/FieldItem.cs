namespace AmoLtv.Sandbox.State;

/// <summary>An item of a list field.</summary>
public sealed record FieldItem(long Id, string Value, int Sort, string? Code = null);
