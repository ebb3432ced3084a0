namespace AmoLtv.Core.Notices;

/// <summary>How an account stands, as far as notices go.</summary>
/// <param name="ConnectionLoss">Why no grant works; null while one does, or while the account has none at all.</param>
/// <param name="NightFailure">Why the last night that came to an end failed; null where it did not, or where a whole run has finished since.</param>
/// <param name="FieldsOff">Fields that are off because somebody deleted or retyped them.</param>
/// <param name="Conflicts">Fields of cards that are left alone because something else writes them.</param>
public sealed record AccountCondition(string? ConnectionLoss, string? NightFailure, IReadOnlyList<string> FieldsOff, long Conflicts);
