using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using static AmoLtv.Core.Tests.Leads;

namespace AmoLtv.Core.Tests.Valuation;

public sealed class AccountValuationTests
{
    [Test]
    public void Textbook_steps_are_taken_over_clients()
    {
        // As of 1 November 2026: company 10 two years with 4 purchases of 150, company 11 half a year with 1 of 300.
        var report = Value(
            [
                Won(1, 150, "2024-11-01"), Won(2, 150, "2025-05-01"), Won(3, 150, "2025-11-01"), Won(4, 150, "2026-08-01"),
                Won(5, 300, "2026-05-01", company: 11),
            ],
            new AccountSettings { Lifetime = new LifetimeSettings { FixedYears = 5 } }).Account;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Clients, report.Purchases, report.Revenue), Is.EqualTo((2, 5, 900m)));
            Assert.That(report.AverageOrderValue, Is.EqualTo(180));
            Assert.That(report.RevenuePerClient, Is.EqualTo(450));
            Assert.That(report.PurchasesPerYear, Is.EqualTo(1.5), "mean of 2 and 1");
            Assert.That(report.FormulaLtv, Is.EqualTo(180m * 1.5m * 5));
            Assert.That(report.MeanOfClientsFormulaLtv, Is.EqualTo(1500), "of 150 * 2 * 5 and 300 * 1 * 5");
            Assert.That(report.MonthlyValuePerClient, Is.EqualTo(25), "900 over 24 and 12 months");
            Assert.That(report.MonthlyValueLtv, Is.EqualTo(1500));
            Assert.That(report.Lifetime.Source, Is.EqualTo(LifetimeSource.Fixed));
        }
    }

    [Test]
    public void An_account_without_clients_has_no_means_and_no_errors()
    {
        var report = Value([]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Account.Clients, report.Account.Revenue), Is.EqualTo((0, 0m)));
            Assert.That((report.Account.FormulaLtv, report.Account.AverageOrderValue, report.Account.MonthlyValuePerClient), Is.EqualTo(((decimal?)null, (decimal?)null, (decimal?)null)));
            Assert.That(report.Account.Reconciliation.Agrees, Is.True);
            Assert.That(report.Standings, Is.Empty);
        }
    }

    [Test]
    public void An_unchanged_account_has_the_same_numbers_all_month()
    {
        var leads = Enumerable.Range(1, 20).Select(id => Won(id, id * 10, $"2025-{1 + (id % 9):00}-0{1 + (id % 7)}", company: id % 6)).ToList();

        Assert.That(Value(leads, asOf: new DateOnly(2026, 11, 1)).Customers, Is.EqualTo(Value(leads).Customers));
    }

    [Test]
    public void Lifetime_is_that_of_clients_alone()
    {
        // A contact of a company is the same relationship: it must not count twice.
        var leads = Enumerable.Range(1, 12).Select(id => Won(id, 100, $"2023-{id:00}-01", company: id, contact: id + 100)).ToList();

        Assert.That(Value(leads).Account.Lifetime.Subjects, Is.EqualTo(12));
    }
}
