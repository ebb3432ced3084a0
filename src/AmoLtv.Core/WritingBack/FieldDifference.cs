namespace AmoLtv.Core.WritingBack;

/// <summary>One field that has to change.</summary>
/// <param name="Target">The field.</param>
/// <param name="Before">What the CRM holds; null where it is empty.</param>
/// <param name="After">What it has to hold; null empties it.</param>
public sealed record FieldDifference(TargetField Target, string? Before, string? After);
