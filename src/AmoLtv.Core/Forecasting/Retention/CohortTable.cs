namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>Cohorts by period of the first purchase, each followed period by period, by count and by money.</summary>
/// <param name="Period">How cohorts are cut.</param>
/// <param name="Cohorts">Those with customers, oldest first.</param>
public sealed record CohortTable(CohortPeriod Period, IReadOnlyList<Cohort> Cohorts)
{
    /// <summary>Builds the table from purchases up to and including <paramref name="asOf"/>; later ones are not seen.</summary>
    public static CohortTable Build(IEnumerable<CohortPurchase> purchases, CohortPeriod period, DateOnly asOf)
    {
        var months = period == CohortPeriod.Month ? 1 : 3;
        var last = Index(asOf, months);
        var cohorts = new SortedDictionary<int, Counting>();
        var active = new HashSet<int>();
        foreach (var customer in purchases.Where(purchase => purchase.Date <= asOf).GroupBy(purchase => purchase.Customer))
        {
            if (FirstDay(customer) is not { } day)
            {
                continue;
            }

            var first = Index(day, months);
            if (!cohorts.TryGetValue(first, out var counting))
            {
                cohorts[first] = counting = new Counting(last - first + 1);
            }

            counting.Customers++;
            active.Clear();
            foreach (var purchase in customer)
            {
                // A credit note dated before the first purchase takes off from it all the same.
                var at = Math.Max(0, Index(purchase.Date, months) - first);
                counting.Amounts[at] += purchase.Amount;
                counting.Active[at] += !purchase.IsCreditNote && active.Add(at) ? 1 : 0;
            }
        }

        return new CohortTable(period, [.. cohorts.Select(cohort => cohort.Value.ToCohort(StartOf(cohort.Key, months)))]);
    }

    private static DateOnly? FirstDay(IEnumerable<CohortPurchase> purchases)
    {
        DateOnly? first = null;
        foreach (var purchase in purchases)
        {
            first = purchase.IsCreditNote || first <= purchase.Date ? first : purchase.Date;
        }

        return first;
    }

    private static int Index(DateOnly date, int months) => (date.Year * 12 + date.Month - 1) / months;

    private static DateOnly StartOf(int index, int months) => new(index * months / 12, index * months % 12 + 1, 1);

    private sealed class Counting(int periods)
    {
        public int Customers { get; set; }

        public int[] Active { get; } = new int[periods];

        public decimal[] Amounts { get; } = new decimal[periods];

        public Cohort ToCohort(DateOnly start)
        {
            decimal cumulative = 0;
            return new Cohort(start, Customers, [.. Amounts.Select((amount, i) => new CohortCell(Active[i], amount, cumulative += amount))]);
        }
    }
}
