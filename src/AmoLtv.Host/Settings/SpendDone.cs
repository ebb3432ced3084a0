namespace AmoLtv.Host.Settings;

/// <summary>What came of a change of spend.</summary>
/// <param name="Change">Its number, by which it can be taken back; 0 where nothing differed.</param>
/// <param name="Restored">Of taking back: cells that are as they were.</param>
/// <param name="Kept">Of taking back: cells that somebody has changed since, which stay.</param>
/// <param name="Fresh">When the numbers follow.</param>
public sealed record SpendDone(long Change, int Restored, int Kept, Freshness Fresh);
