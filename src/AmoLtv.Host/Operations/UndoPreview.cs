namespace AmoLtv.Host.Operations;

/// <summary>What taking back a run would do, as far as the CRM was read; each field is read again before it is written.</summary>
/// <param name="Run">The run to take back.</param>
/// <param name="Cards">Cards of which a field would be restored.</param>
/// <param name="Verdicts">How many fields by <see cref="UndoChange.Verdict"/>.</param>
/// <param name="ReadAt">When the account was last read as a whole; null before the first time.</param>
public sealed record UndoPreview(long Run, long Cards, IReadOnlyDictionary<string, long> Verdicts, DateTime? ReadAt);
