namespace AmoLtv.Sandbox.Generation;

/// <summary>
/// When each company buys: gamma-distributed rates, gaps that grow with every purchase, and a day on which it stops for good.
/// Rates are scaled so that the purchases come to exactly the wanted number.
/// </summary>
internal sealed class PurchaseHistories(SeededRandom random, int companies, double days)
{
    private const double ShareThatNeverBuys = 0.08;
    private const double GapGrowth = 1.12;
    private const int MostPerCompany = 2000;

    /// <summary>Company and even day of every purchase.</summary>
    public List<(int Company, double Even)> Make(int wanted)
    {
        if (companies == 0 || wanted == 0)
        {
            return [];
        }

        var scale = ScaleFor(wanted);
        var purchases = new List<(int Company, double Even)>(wanted + companies);
        for (var company = 0; company < companies; company++)
        {
            foreach (var even in Of(company, scale))
            {
                purchases.Add((company, even));
            }
        }

        Fit(purchases, wanted);
        return purchases;
    }

    /// <summary>The day on which a company becomes known, even time.</summary>
    public double KnownSince(int company) => random.Branch(company).Uniform() * days * 0.92;

    private double ScaleFor(int wanted)
    {
        double low = 1e-3, high = 1e4;
        for (var step = 0; step < 40; step++)
        {
            var middle = Math.Sqrt(low * high);
            if (Count(middle) < wanted)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    private long Count(double scale)
    {
        long count = 0;
        for (var company = 0; company < companies; company++)
        {
            count += Of(company, scale).Count();
        }

        return count;
    }

    /// <summary>One company's purchases: the same random numbers whatever the scale, so that more scale never means fewer.</summary>
    private IEnumerable<double> Of(int company, double scale)
    {
        var own = random.Branch(company);
        var since = own.Uniform() * days * 0.92;
        if (own.Chance(ShareThatNeverBuys))
        {
            yield break;
        }

        var gap = 365 / Math.Max(0.02, own.Gamma(0.8, 1.6)) / scale;
        var stops = since + own.Exponential(days * 0.6) + 20;
        var moment = since + (own.Exponential(30) / Math.Max(1, scale / 10));
        for (var number = 0; number < MostPerCompany && moment < Math.Min(days, stops); number++)
        {
            yield return moment;
            moment += gap * own.Gamma(2, 1);
            gap *= number < 40 ? GapGrowth : 1;
        }
    }

    private void Fit(List<(int Company, double Even)> purchases, int wanted)
    {
        var own = random.Branch(-1);
        while (purchases.Count > wanted)
        {
            var place = own.Below(purchases.Count);
            purchases[place] = purchases[^1];
            purchases.RemoveAt(purchases.Count - 1);
        }

        while (purchases.Count < wanted)
        {
            var company = purchases.Count > 0 ? purchases[own.Below(purchases.Count)].Company : own.Below(companies);
            purchases.Add((company, KnownSince(company) + (own.Uniform() * (days - KnownSince(company)))));
        }
    }
}
