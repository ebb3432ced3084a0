namespace AmoLtv.Core.Segmentation;

/// <summary>One cell of the matrix from segment to segment, those who stayed included.</summary>
/// <param name="From">Segment in the earlier run; null: not in the base then.</param>
/// <param name="To">Segment now; null: no longer in the base.</param>
/// <param name="Clients">How many went that way.</param>
/// <param name="ValueBefore">Their value in the earlier run, in the account's currency.</param>
/// <param name="ValueNow">Their value now.</param>
public readonly record struct SegmentTransition(string? From, string? To, int Clients, decimal ValueBefore, decimal ValueNow);
