using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Tests.Purchases;

/// <summary>Leads counted one by one, and the period that decides which are summed.</summary>
[TestFixture]
public sealed class LeadTotalsTests
{
    private static readonly DateOnly Start = new(2025, 1, 1);

    private static readonly LeadVerdict Purchase = new() { Lead = new LeadId(1), Kind = VerdictKind.Purchase, Day = new DateOnly(2025, 4, 1), Amount = 100 };

    private static readonly LeadVerdict Credit = Purchase with { Lead = new LeadId(2), Kind = VerdictKind.CreditNote, Amount = 30 };

    private static readonly LeadVerdict Excluded = Purchase with { Lead = new LeadId(3), Kind = VerdictKind.Excluded, Reason = ExclusionReason.ExcludedByHand };

    [Test]
    public void Purchases_less_credit_notes_with_and_without_a_contact()
    {
        var contact = new ContactId(7);
        var totals = LeadTotals.Of(
        [
            Purchase, Purchase with { Amount = 400, Contact = contact }, Purchase with { Amount = null },
            Credit, Credit with { Amount = 5, Contact = contact },
            Excluded, Excluded, Purchase with { Reason = ExclusionReason.OutsidePeriod, Amount = 9000, Contact = contact },
        ]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((totals.Leads, totals.Purchases, totals.CreditNotes, totals.Revenue), Is.EqualTo((8, 3, 2, 500m - 35m)));
            Assert.That((totals.PurchasesWithContact, totals.RevenueWithContact), Is.EqualTo((1, 400m - 5m)));
            Assert.That(totals.Excluded, Is.EqualTo(new Dictionary<ExclusionReason, int> { [ExclusionReason.ExcludedByHand] = 2, [ExclusionReason.OutsidePeriod] = 1 }));
        }
    }

    [Test]
    public void Only_purchases_and_credit_notes_without_a_reason_are_summed()
    {
        Assert.That((Purchase.IsInPeriod, Credit.IsInPeriod, Excluded.IsInPeriod), Is.EqualTo((true, true, false)));
        Assert.That((Purchase with { Reason = ExclusionReason.OutsidePeriod }).IsInPeriod, Is.False);
        Assert.That((Excluded with { Reason = null }).IsInPeriod, Is.False);
    }

    [Test]
    public void What_lies_before_the_first_day_of_the_period_is_not_summed_and_stays_what_it_is()
    {
        var early = Purchase with { Day = Start.AddDays(-1) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early.Within(Start), Is.EqualTo(early with { Reason = ExclusionReason.OutsidePeriod }));
            Assert.That((early with { Kind = VerdictKind.CreditNote }).Within(Start).Reason, Is.EqualTo(ExclusionReason.OutsidePeriod));
            Assert.That((Purchase with { Day = Start }).Within(Start).Reason, Is.Null);
            Assert.That(Purchase.Within(Start).Reason, Is.Null);
            Assert.That(early.Within(periodStart: null).Reason, Is.Null);
            Assert.That((Excluded with { Day = Start.AddDays(-1) }).Within(Start).Reason, Is.EqualTo(ExclusionReason.ExcludedByHand));
        }
    }
}
