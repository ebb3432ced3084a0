using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Tests.Purchases;

/// <summary>What a customer's purchases and credit notes sum up to.</summary>
[TestFixture]
public sealed class CustomerHistoryTests
{
    private static readonly CustomerKey Company = new(CustomerScope.Company, 10);

    private static readonly HistoryEntry[] Entries =
    [
        new(new(2024, 5, 1), 1, 700, 400, IsInPeriod: false, "fair"),
        new(new(2025, 2, 10), 3, 100, 60, IsInPeriod: true, "search"),
        new(new(2025, 2, 10), 4, 200, null, IsInPeriod: true, null),
        new(new(2025, 3, 5), 5, -30, -18, IsInPeriod: true, "letters"),
        new(new(2025, 3, 6), 6, -7, null, IsInPeriod: true, null),
        new(new(2024, 6, 1), 2, -50, -20, IsInPeriod: false, null),
        new(new(2025, 9, 1), 7, 1000, 550, IsInPeriod: true, "search"),
    ];

    [Test]
    public void Sums_are_of_the_period_and_days_of_all_history()
    {
        var history = CustomerHistory.Of(Company, Entries.ToArray());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((history.Purchases, history.AllPurchases, history.PurchasesWithoutCost), Is.EqualTo((3, 4, 1)));
            Assert.That((history.PurchaseRevenue, history.CostedRevenue, history.PurchaseCost), Is.EqualTo((1300m, 1100m, 610m)));
            Assert.That((history.CreditNotes, history.CostedCreditNotes, history.CreditNoteCost), Is.EqualTo((37m, 30m, 18m)));
            Assert.That(history.Revenue, Is.EqualTo(1300m - 37m));
            Assert.That(history.PurchaseDays, Is.EqualTo(new DateOnly[] { new(2024, 5, 1), new(2025, 2, 10), new(2025, 9, 1) }));
            Assert.That((history.FirstPurchase, history.LastPurchase), Is.EqualTo(((DateOnly?)new DateOnly(2024, 5, 1), (DateOnly?)new DateOnly(2025, 9, 1))));
            Assert.That(history.Channel, Is.EqualTo("fair"));
            Assert.That(history.Key, Is.EqualTo(Company));
        }
    }

    [Test]
    public void Order_in_which_entries_come_changes_nothing()
    {
        var forward = CustomerHistory.Of(Company, Entries.ToArray());
        var backward = CustomerHistory.Of(Company, Entries.Reverse().ToArray());

        Assert.That(backward.Movements, Is.EqualTo(forward.Movements));
        Assert.That(backward.Movements.Select(movement => movement.Amount), Is.EqualTo(new decimal[] { 700, -50, 100, 200, -30, -7, 1000 }));
        Assert.That(backward.PurchaseDays, Is.EqualTo(forward.PurchaseDays));
    }

    [Test]
    public void Customer_that_only_gave_back_has_no_day_of_purchase()
    {
        var history = CustomerHistory.Of(Company, [new(new(2025, 3, 5), 5, -30, -18, IsInPeriod: true, "letters")]);

        Assert.That((history.FirstPurchase, history.LastPurchase, history.Channel, history.AllPurchases), Is.EqualTo(((DateOnly?)null, (DateOnly?)null, (string?)null, 0)));
        Assert.That(history.Revenue, Is.EqualTo(-30m));
    }

    // Day, then lead, then amount, whatever the others say.
    [TestCase("2025-01-01", 9, 900, "2025-01-02", 1, 1)]
    [TestCase("2025-01-01", 1, 900, "2025-01-01", 2, 1)]
    [TestCase("2025-01-01", 1, -5, "2025-01-01", 1, 5)]
    public void Entries_are_ordered_by_day_then_by_lead_then_by_amount(string day, long lead, decimal amount, string laterDay, long laterLead, decimal laterAmount)
    {
        var (earlier, later) = (Entry(day, lead, amount), Entry(laterDay, laterLead, laterAmount));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((earlier < later, earlier <= later, earlier > later, earlier >= later), Is.EqualTo((true, true, false, false)));
            Assert.That((later < earlier, later <= earlier, later > earlier, later >= earlier), Is.EqualTo((false, false, true, true)));
        }
    }

    [Test]
    public void Entry_is_neither_before_nor_after_its_like()
    {
        var (one, like) = (Entry("2025-01-01", 1, 5), Entry("2025-01-01", 1, 5));

        Assert.That((one < like, one <= like, one > like, one >= like), Is.EqualTo((false, true, false, true)));
    }

    [Test]
    public void Histories_of_verdicts_are_by_scope_then_by_id_and_take_credit_notes_off()
    {
        LeadVerdict[] verdicts =
        [
            Verdict(3, VerdictKind.Purchase, 500, 200) with { Contact = new ContactId(8) },
            Verdict(1, VerdictKind.Purchase, 100, 40) with { Company = new CompanyId(20) },
            Verdict(2, VerdictKind.CreditNote, 30, 12) with { Company = new CompanyId(20), Contact = new ContactId(7) },
            Verdict(4, VerdictKind.Purchase, null, null) with { Company = new CompanyId(5) },
            Verdict(5, VerdictKind.Excluded, 999, null) with { Company = new CompanyId(6) },
        ];

        var histories = CustomerHistory.From(verdicts);

        Assert.That(histories.Select(history => (history.Key.Scope, history.Key.Id)), Is.EqualTo(new[]
        {
            (CustomerScope.Company, 5L), (CustomerScope.Company, 20L), (CustomerScope.Contact, 7L), (CustomerScope.Contact, 8L), (CustomerScope.DirectContact, 8L),
        }));
        var company = histories[1];
        Assert.That((company.Revenue, company.CreditNotes, company.CreditNoteCost, company.PurchaseCost), Is.EqualTo((70m, 30m, 12m, 40m)));
        Assert.That((histories[0].Revenue, histories[0].Purchases, histories[0].PurchasesWithoutCost), Is.EqualTo((0m, 1, 1)));
    }

    private static HistoryEntry Entry(string day, long lead, decimal amount) =>
        new(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), lead, amount, null, IsInPeriod: true, null);

    private static LeadVerdict Verdict(long lead, VerdictKind kind, decimal? amount, decimal? cost) =>
        new() { Lead = new LeadId(lead), Kind = kind, Day = new DateOnly(2025, 4, 1), Amount = amount, Cost = cost };
}
