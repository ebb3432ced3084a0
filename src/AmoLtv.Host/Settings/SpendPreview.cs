namespace AmoLtv.Host.Settings;

/// <summary>What importing a file would do.</summary>
/// <param name="Changes">Cells that would be other than now, at most 500 of them.</param>
/// <param name="ChangedCells">How many there are.</param>
/// <param name="Same">Lines that say what is entered already.</param>
/// <param name="Errors">Lines that cannot be used: with any of them nothing is imported.</param>
/// <param name="State">Names what is entered now: an import says which it was looked at with.</param>
public sealed record SpendPreview(IReadOnlyList<SpendLine> Changes, int ChangedCells, int Same, IReadOnlyList<SpendLineError> Errors, string State);
