namespace AmoLtv.Host.WritingBack;

/// <summary>Sums over the account's clients.</summary>
/// <param name="Valued">Clients with an LTV.</param>
/// <param name="Purchases">Their purchases.</param>
/// <param name="Revenue">Their sum, credit notes taken off.</param>
/// <param name="Excluded">Leads that do not count, by reason.</param>
/// <param name="FieldsWritten">Of the last run that wrote back; null where none has.</param>
/// <param name="Unreadable">Leads that the last sync could not read.</param>
public sealed record VerificationTotals(
    long Valued, long Purchases, decimal Revenue, IReadOnlyDictionary<string, long> Excluded, long? FieldsWritten, int Unreadable);
