using AmoLtv.Core.Identity;
using AmoLtv.Core.Products;

namespace AmoLtv.Core.Tests.Products;

[TestFixture]
public sealed class ProductResultsTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);
    private static readonly ProductId Pump = new(1, 7);
    private static readonly ProductId Oil = new(1, 3);

    [Test]
    public void Purchases_add_up_by_client_and_product()
    {
        var tally = new ProductTally();
        tally.Add(0, Day, [Share(Pump, 100)]);
        tally.Add(0, Day, [Share(Pump, 50), Share(Oil, 20, isShared: true)]);
        tally.Add(0, Day.AddDays(3), [Share(Pump, 10, isShared: true)]);
        tally.Add(1, Day.AddDays(3), []);

        Assert.Multiple(() =>
        {
            Assert.That(tally.Holdings, Is.EquivalentTo(new[]
            {
                new ProductHolding(0, Pump, 3, 2, 3, 160, 10, Day, Day.AddDays(3)),
                new ProductHolding(0, Oil, 1, 1, 1, 20, 20, Day, Day),
            }));
            Assert.That((tally.Purchases, tally.Clients, tally.Revenue), Is.EqualTo((3, 1, 180m)), "A purchase without products is none of theirs.");
        });
    }

    [Test]
    public void Purchases_out_of_order_are_refused()
    {
        var tally = new ProductTally();
        tally.Add(0, Day, [Share(Pump, 1)]);

        Assert.That(() => tally.Add(0, Day.AddDays(-1), [Share(Pump, 1)]), Throws.ArgumentException);
    }

    [Test]
    public void Product_is_told_with_its_buyers_their_returns_and_their_worth_against_all_others()
    {
        var results = ProductResults.Of(
            [Holding(0, Pump, days: 2, revenue: 300), Holding(1, Pump, days: 1, revenue: 100), Holding(1, Oil, days: 1, revenue: 50)],
            [1000, 500, 60, 40]);

        var pump = results[0];
        Assert.Multiple(() =>
        {
            Assert.That(results.Select(result => result.Product), Is.EqualTo([Pump, Oil]), "The most revenue first.");
            Assert.That((pump.Clients, pump.Repeated, pump.RepeatShare, pump.Revenue), Is.EqualTo((2, 1, 0.5, 400m)));
            Assert.That((pump.Buyers.Mean, pump.OthersMean), Is.EqualTo((750m, (decimal?)50m)));
            Assert.That(pump.Buyers.Interval, Is.Null, "Two clients say nothing of their spread.");
        });
    }

    [Test]
    public void Product_that_everybody_bought_has_nobody_to_be_compared_with() =>
        Assert.That(ProductResults.Of([Holding(0, Pump, 1, 10)], [1000]).Single().OthersMean, Is.Null);

    [Test]
    public void Client_that_is_not_of_the_base_counts_neither_as_buyer_nor_as_another()
    {
        var result = ProductResults.Of([Holding(0, Pump, 1, 10), Holding(1, Pump, 1, 10)], [1000, null, 200]).Single();

        Assert.That((result.Clients, result.OthersMean), Is.EqualTo((1, (decimal?)200m)));
    }

    private static ProductShare Share(ProductId product, decimal revenue, bool isShared = false) => new(product, 1, revenue, isShared);

    private static ProductHolding Holding(int client, ProductId product, int days, decimal revenue) =>
        new(client, product, days, days, days, revenue, 0, Day, Day.AddDays(days - 1));
}
