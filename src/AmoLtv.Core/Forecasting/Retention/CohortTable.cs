using System.Runtime.InteropServices;

namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>Cohorts by period of the first purchase, each followed period by period, by count and by money.</summary>
/// <param name="Period">How cohorts are cut.</param>
/// <param name="Cohorts">Those with customers, oldest first.</param>
public sealed record CohortTable(CohortPeriod Period, IReadOnlyList<Cohort> Cohorts)
{
    /// <summary>Builds the table from purchases up to and including <paramref name="asOf"/>; later ones are not seen.</summary>
    /// <param name="purchases">In any order; gone through twice, never held.</param>
    /// <param name="period">How cohorts are cut.</param>
    /// <param name="asOf">The last day seen.</param>
    public static CohortTable Build(IEnumerable<CohortPurchase> purchases, CohortPeriod period, DateOnly asOf)
    {
        var months = period == CohortPeriod.Month ? 1 : 3;
        var (seen, last) = (purchases.Where(purchase => purchase.Date <= asOf), Index(asOf, months));
        var firsts = Firsts(seen, months);
        var cohorts = new SortedDictionary<int, Counting>(
            firsts.Values.CountBy(first => first).ToDictionary(cohort => cohort.Key, cohort => new Counting(cohort.Value, last - cohort.Key + 1)));
        var active = new HashSet<(long Customer, int Period)>();
        foreach (var purchase in seen)
        {
            if (firsts.TryGetValue(purchase.Customer, out var first))
            {
                // A credit note dated before the first purchase takes off from it all the same.
                var at = Math.Max(0, Index(purchase.Date, months) - first);
                var counting = cohorts[first];
                counting.Amounts[at] += purchase.Amount;
                counting.Active[at] += !purchase.IsCreditNote && active.Add((purchase.Customer, at)) ? 1 : 0;
            }
        }

        return new CohortTable(period, [.. cohorts.Select(cohort => cohort.Value.ToCohort(StartOf(cohort.Key, months)))]);
    }

    private static Dictionary<long, int> Firsts(IEnumerable<CohortPurchase> purchases, int months)
    {
        var firsts = new Dictionary<long, int>();
        foreach (var purchase in purchases.Where(purchase => !purchase.IsCreditNote))
        {
            ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(firsts, purchase.Customer, out var isKnown);
            var at = Index(purchase.Date, months);
            first = isKnown ? Math.Min(first, at) : at;
        }

        return firsts;
    }

    private static int Index(DateOnly date, int months) => (date.Year * 12 + date.Month - 1) / months;

    private static DateOnly StartOf(int index, int months) => new(index * months / 12, index * months % 12 + 1, 1);

    private sealed class Counting(int customers, int periods)
    {
        public int[] Active { get; } = new int[periods];

        public decimal[] Amounts { get; } = new decimal[periods];

        public Cohort ToCohort(DateOnly start)
        {
            decimal cumulative = 0;
            return new Cohort(start, customers, [.. Amounts.Select((amount, i) => new CohortCell(Active[i], amount, cumulative += amount))]);
        }
    }
}
