using AmoLtv.Core.Identity;
using AmoLtv.Core.Products;

namespace AmoLtv.Core.Tests.Products;

[TestFixture]
public sealed class AmountSplitTests
{
    [Test]
    public void Only_product_of_a_purchase_gave_its_whole_amount_and_that_is_known() => Assert.That(
        AmountSplit.Of(500, [Item(1, 3, price: 10)]),
        Is.EqualTo([new ProductShare(Id(1), 3, 500, IsShared: false)]));

    [Test]
    public void Amount_goes_by_quantity_times_list_price_though_the_lead_cost_something_else() => Assert.That(
        AmountSplit.Of(800, [Item(1, 2, price: 100), Item(2, 1, price: 600)]).Select(share => (share.Revenue, share.IsShared)),
        Is.EqualTo(new[] { (200m, true), (600m, true) }));

    [TestCase(null)]
    [TestCase(0)]
    public void One_product_without_a_price_makes_the_parts_equal(int? price) => Assert.That(
        AmountSplit.Of(900, [Item(1, 5, price), Item(2, 1, 700), Item(3, 1, 100)]).Select(share => share.Revenue), Is.EqualTo([300m, 300m, 300m]));

    [Test]
    public void Parts_sum_to_the_amount_and_none_is_below_zero_whatever_is_rounded()
    {
        foreach (var amount in new[] { 0m, 0.01m, 0.03m, 100m, 33.33m, 1e14m })
        {
            for (var count = 1; count <= 7; count++)
            {
                var shares = AmountSplit.Of(amount, [.. Enumerable.Range(1, count).Select(id => Item(id, 1, price: null))]);

                Assert.That(shares.Sum(share => share.Revenue), Is.EqualTo(amount));
                Assert.That(shares.Select(share => share.Revenue), Is.All.GreaterThanOrEqualTo(0));
            }
        }
    }

    [Test]
    public void Absurd_quantities_and_prices_are_borne() => Assert.That(
        AmountSplit.Of(1e14m, [Item(1, 1_000_000_000m, 999_999_999_999_999m), Item(2, 1_000_000_000m, 999_999_999_999_999m)]).Select(share => share.Revenue),
        Is.EqualTo([5e13m, 5e13m]));

    [Test]
    public void Nothing_sold_has_no_parts() => Assert.That(AmountSplit.Of(100, []), Is.Empty);

    private static ProductId Id(long element) => new(1, element);

    private static SoldItem Item(long element, decimal quantity, decimal? price) => new(Id(element), quantity, price);
}
