namespace AmoLtv.Host.WritingBack;

/// <summary>What came of a plan.</summary>
/// <param name="Written">Fields the CRM confirmed.</param>
/// <param name="Failed">Fields it refused, or did not answer for in time.</param>
/// <param name="Cards">Cards that were sent.</param>
/// <param name="IsWhole">Whether the run had time for all of them.</param>
/// <param name="Lost">Fields that turned out to be deleted or retyped, and were switched off.</param>
public sealed record SendResult(long Written, long Failed, long Cards, bool IsWhole, IReadOnlyList<OutputFieldRow> Lost);
