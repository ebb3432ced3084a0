namespace AmoLtv.Sandbox.State;

/// <summary>A stage of a pipeline.</summary>
/// <param name="Type">1 for the unsorted stage, 0 for others.</param>
public sealed record Stage(long Id, string Name, int Sort, string Color, int Type, bool IsEditable);
