namespace AmoLtv.Host.Operations;

/// <summary>A part of a list.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Next">What asks for the rest; null at the end.</param>
public sealed record ListPart<T>(IReadOnlyList<T> Items, string? Next);
