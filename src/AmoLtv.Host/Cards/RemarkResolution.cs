namespace AmoLtv.Host.Cards;

/// <summary>What an admin does with a remark.</summary>
/// <param name="IsResolved">False puts it back into the inbox; true where left out.</param>
/// <param name="Answer">Words for its writer, at most 1,000 characters; null for none.</param>
public sealed record RemarkResolution(bool? IsResolved, string? Answer);
