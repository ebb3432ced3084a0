using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Tests.Evaluation;

public sealed class TransactionEvaluationTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Test]
    public void A_list_is_valued_and_its_rows_of_0_are_excluded()
    {
        Transaction[] rows = [new("b", new(2026, 1, 5), 100), new("a", new(2026, 2, 5), 250.25m), new("c", new(2026, 2, 5), 0), new("b", new(2026, 3, 5), 1)];

        var evaluation = TransactionEvaluation.Of(rows, new AccountSettings(), Today, null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((evaluation.CustomersInFile, evaluation.Customers.Count), Is.EqualTo((3, 2)));
            Assert.That((evaluation.Account.Purchases, evaluation.Account.Revenue), Is.EqualTo((3, 351.25m)));
            Assert.That(evaluation.Account.Leads.Excluded[ExclusionReason.NoAmount], Is.EqualTo(1));
            Assert.That(evaluation.Customers[0].Customer, Is.EqualTo("a"));
            Assert.That(evaluation.Tiers.Sum(tier => tier.Clients), Is.EqualTo(2));
        }
    }

    [Test]
    public void Order_of_rows_is_irrelevant()
    {
        var rows = Enumerable.Range(0, 40).Select(index => new Transaction($"c{index % 7}", new DateOnly(2025, 1, 1).AddDays(index * 11), 10 + (index % 3))).ToList();

        var there = TransactionEvaluation.Of(rows, new AccountSettings(), Today, null);
        var back = TransactionEvaluation.Of([.. rows.AsEnumerable().Reverse()], new AccountSettings(), Today, null);

        Assert.That(back.Customers, Is.EqualTo(there.Customers));
    }

    [Test]
    public void A_fixed_date_leaves_out_what_comes_after_it()
    {
        Transaction[] rows = [new("a", new(2026, 1, 5), 100), new("a", new(2026, 3, 5), 50)];

        var evaluation = TransactionEvaluation.Of(rows, new AccountSettings(), Today, new DateOnly(2026, 2, 1));

        Assert.That((evaluation.Account.Revenue, evaluation.Account.AsOf), Is.EqualTo((100m, new DateOnly(2026, 2, 1))));
    }

    [Test]
    public void An_empty_list_has_no_customers() =>
        Assert.That(TransactionEvaluation.Of([], new AccountSettings(), Today, null).Customers, Is.Empty);
}
