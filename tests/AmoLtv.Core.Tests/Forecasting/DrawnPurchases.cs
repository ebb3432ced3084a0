using AmoLtv.Core.Forecasting.Backtesting;

namespace AmoLtv.Core.Tests.Forecasting;

/// <summary>Purchases drawn from the MBG/NBD process with gamma-gamma amounts, with a seed.</summary>
internal static class DrawnPurchases
{
    public const int AsOf = 738_000;

    /// <summary>A log of customers who began within <paramref name="span"/> days.</summary>
    public static PurchaseLog Log(int customers, int seed, int span = 900) => PurchaseLog.Of(Customers(customers, seed, span), AsOf);

    public static IEnumerable<CustomerPurchases> Customers(int customers, int seed, int span = 900)
    {
        var random = new Random(seed);
        for (var i = 0; i < customers; i++)
        {
            yield return Customer(random, AsOf - (int)(span * (0.05 + 0.95 * random.NextDouble())));
        }
    }

    private static CustomerPurchases Customer(Random random, int first)
    {
        var pause = 14 + 160 * Math.Pow(random.NextDouble(), 2);
        var leaving = 0.3 * Math.Pow(random.NextDouble(), 2);
        var worth = Math.Exp(6 + random.NextDouble() * 2);
        var (days, amounts) = (new List<int>(), new List<double>());
        for (var day = (double)first; day <= AsOf; day += 1 - pause * Math.Log(1 - random.NextDouble()))
        {
            days.Add((int)day);
            amounts.Add(Math.Round(worth * (0.5 + random.NextDouble()), 2));
            if (random.NextDouble() < leaving)
            {
                break;
            }
        }

        var revenue = amounts.Sum();
        return new CustomerPurchases([.. days], [.. amounts])
        {
            Revenue = revenue,
            Margin = revenue * (0.1 + 0.4 * random.NextDouble()),
            Returns = random.Next(10) == 0 ? 0.2 * revenue : 0,
        };
    }
}
