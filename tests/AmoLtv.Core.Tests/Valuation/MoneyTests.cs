using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests.Valuation;

public sealed class MoneyTests
{
    [TestCase("10.00", 1.005, "10.05")]
    [TestCase("10.00", 0.0005, "0.01", Description = "half a kopeck, away from zero")]
    [TestCase("-10.00", 0.0005, "-0.01")]
    [TestCase("0", 1e300, "0")]
    public void A_product_is_rounded_once_to_kopecks(string amount, double factor, string product) =>
        Assert.That(Money.Times(Parse(amount), factor), Is.EqualTo(Parse(product)));

    [TestCase("1000000000000", 1e30, 1)]
    [TestCase("0.01", 1e300, 1)]
    [TestCase("-1000000000000", double.PositiveInfinity, -1)]
    public void A_product_beyond_all_reason_is_the_largest_sum(string amount, double factor, int sign) =>
        Assert.That(Money.Times(Parse(amount), factor), Is.EqualTo(sign * Money.Largest));

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
