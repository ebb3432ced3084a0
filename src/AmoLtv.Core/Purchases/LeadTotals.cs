namespace AmoLtv.Core.Purchases;

/// <summary>Leads counted one by one, without asking whose they are.</summary>
/// <param name="Leads">All of them.</param>
/// <param name="Purchases">That are purchases of the period.</param>
/// <param name="CreditNotes">That are credit notes of the period.</param>
/// <param name="Revenue">Purchases less credit notes, in the account's currency.</param>
/// <param name="PurchasesWithContact">Purchases of the period that have a main contact.</param>
/// <param name="RevenueWithContact">Their amounts, less the credit notes that have one.</param>
/// <param name="Excluded">How many are not summed, by reason.</param>
public sealed record LeadTotals(
    int Leads,
    int Purchases,
    int CreditNotes,
    decimal Revenue,
    int PurchasesWithContact,
    decimal RevenueWithContact,
    IReadOnlyDictionary<ExclusionReason, int> Excluded)
{
    public static LeadTotals Of(IReadOnlyCollection<LeadVerdict> verdicts)
    {
        var summed = verdicts.Where(verdict => verdict.IsInPeriod).ToList();
        var withContact = summed.FindAll(verdict => verdict.Contact is not null);
        return new LeadTotals(
            verdicts.Count,
            summed.Count(IsPurchase),
            summed.Count(verdict => !IsPurchase(verdict)),
            summed.Sum(SignedAmount),
            withContact.Count(IsPurchase),
            withContact.Sum(SignedAmount),
            new SortedDictionary<ExclusionReason, int>(
                verdicts.Where(verdict => verdict.Reason is not null).CountBy(verdict => verdict.Reason!.Value).ToDictionary()));
    }

    private static bool IsPurchase(LeadVerdict verdict) => verdict.Kind == VerdictKind.Purchase;

    private static decimal SignedAmount(LeadVerdict verdict) => (IsPurchase(verdict) ? 1 : -1) * (verdict.Amount ?? 0);
}
