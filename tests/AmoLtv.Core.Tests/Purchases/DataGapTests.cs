using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Tests.Purchases;

/// <summary>What missing entries cost.</summary>
public sealed class DataGapTests
{
    [Test]
    public void Lead_without_an_amount_is_taken_for_a_mean_purchase() =>
        Assert.That(DataGap.Of(DataGapKind.NoAmount, 3, entered: 0, averageOrderValue: 33.333m), Is.EqualTo(new DataGap(DataGapKind.NoAmount, 3, 100m, true)));

    [Test]
    public void Lead_without_an_amount_costs_nothing_known_before_anybody_bought() =>
        Assert.That(DataGap.Of(DataGapKind.NoAmount, 3, entered: 0, averageOrderValue: null).Money, Is.Zero);

    [TestCase(DataGapKind.NoDate, false)]
    [TestCase(DataGapKind.NoCustomer, false)]
    [TestCase(DataGapKind.NoCompany, true)]
    [TestCase(DataGapKind.NoCost, true)]
    public void Other_leads_cost_what_was_entered(DataGapKind kind, bool isCounted)
    {
        var gap = DataGap.Of(kind, 2, entered: 70, averageOrderValue: 10);

        Assert.That((gap.Money, gap.IsEstimated, gap.IsCounted), Is.EqualTo((70m, false, isCounted)));
    }
}
