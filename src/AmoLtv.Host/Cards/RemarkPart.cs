namespace AmoLtv.Host.Cards;

/// <summary>What became of a user's remark.</summary>
/// <param name="Answer">The admin's words; null where there are none.</param>
public sealed record RemarkPart(DateTimeOffset WrittenAt, DateTimeOffset? ResolvedAt, string? Answer);
