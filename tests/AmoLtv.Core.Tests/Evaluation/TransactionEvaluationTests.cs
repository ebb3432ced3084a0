using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Tests.Evaluation;

public sealed class TransactionEvaluationTests
{
    private static readonly DateOnly AsOf = new(2026, 11, 21);

    [Test]
    public void Every_row_is_a_purchase_and_its_money_is_summed()
    {
        Transaction[] rows = [new("b", new(2026, 1, 5), 100), new("a", new(2026, 2, 5), 250.25m), new("c", new(2026, 2, 5), 0), new("c", new(2026, 2, 7), null), new("b", new(2026, 3, 5), 1)];

        var evaluation = TransactionEvaluation.Of(rows, new AccountSettings(), AsOf);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((evaluation.CustomersInFile, evaluation.Customers.Count), Is.EqualTo((3, 3)));
            Assert.That((evaluation.Account.Purchases, evaluation.Account.Revenue), Is.EqualTo((5, 351.25m)));
            Assert.That(evaluation.Account.AverageOrderValue, Is.EqualTo(70.25m));
            Assert.That(evaluation.Account.Leads.Excluded, Is.Empty);
            Assert.That(evaluation.Customers[0].Customer, Is.EqualTo("a"));
            Assert.That(evaluation.Tiers.Sum(tier => tier.Clients), Is.EqualTo(3));
        }
    }

    [Test]
    public void Order_of_rows_is_irrelevant()
    {
        var rows = Enumerable.Range(0, 40).Select(index => new Transaction($"c{index % 7}", new DateOnly(2025, 1, 1).AddDays(index * 11), 10 + (index % 3))).ToList();

        var there = TransactionEvaluation.Of(rows, new AccountSettings(), AsOf);
        var back = TransactionEvaluation.Of([.. rows.AsEnumerable().Reverse()], new AccountSettings(), AsOf);

        Assert.That(back.Customers, Is.EqualTo(there.Customers));
    }

    [Test]
    public void Rows_after_the_date_are_ignored_with_their_customers()
    {
        Transaction[] rows = [new("a", new(2026, 1, 5), 100), new("a", new(2026, 2, 1), 5), new("a", new(2026, 2, 2), 50), new("late", new(2026, 2, 2), 9)];

        var evaluation = TransactionEvaluation.Of(rows, new AccountSettings(), new DateOnly(2026, 2, 1));

        Assert.That((evaluation.CustomersInFile, evaluation.Account.Revenue, evaluation.Account.AsOf), Is.EqualTo((1, 105m, new DateOnly(2026, 2, 1))));
    }

    [Test]
    public void Date_left_out_is_the_last_day_that_is_not_in_the_future()
    {
        Transaction[] rows = [new("a", new(1997, 1, 5), 100), new("a", new(1998, 2, 1), 5), new("a", new(2030, 2, 2), 50)];
        var today = new DateOnly(2026, 11, 21);

        Assert.That(
            new[] { TransactionEvaluation.AsOf(rows, today, null), TransactionEvaluation.AsOf([], today, null), TransactionEvaluation.AsOf(rows, today, new DateOnly(1997, 1, 6)) },
            Is.EqualTo(new[] { new DateOnly(1998, 2, 1), today, new DateOnly(1997, 1, 6) }));
    }

    [Test]
    public void An_empty_list_has_no_customers() =>
        Assert.That(TransactionEvaluation.Of([], new AccountSettings(), AsOf).Customers, Is.Empty);
}
