using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>
/// Clients seen as holders of yearly contracts: one renews a year by buying in it. Years run from anniversary to anniversary of
/// the first purchase, and only whole ones are judged: a year that is still running says nothing yet.
/// </summary>
public static class AnnualRenewals
{
    private const int MonthsPerYear = 12;

    /// <summary>Years that fit a bit mask; nobody was a client for longer.</summary>
    private const int MostYears = 64;

    /// <summary>How many clients ended or stand where; those that have not been through a whole second year stand at 0 renewals.</summary>
    /// <param name="firsts">Day of the first purchase of each client.</param>
    /// <param name="purchases">Of these clients, by their place in <paramref name="firsts"/>; in any order, none before the first.</param>
    /// <param name="asOf">The last day seen.</param>
    /// <returns>Counts of the lost and of the others, each by renewals, rising.</returns>
    public static IReadOnlyList<RenewalCount> Count(
        IReadOnlyList<DateOnly> firsts, IEnumerable<(int Client, DateOnly Day)> purchases, DateOnly asOf)
    {
        var bought = new ulong[firsts.Count];
        foreach (var (client, day) in purchases)
        {
            var year = YearOf(firsts[client], day);
            bought[client] |= year < MostYears && day <= asOf ? 1UL << year : 0;
        }

        return
        [
            .. firsts
                .Select((first, client) => Outcome(bought[client], Math.Min(MostYears, YearOf(first, asOf))))
                .CountBy(outcome => outcome)
                .OrderByDescending(count => count.Key.IsLost).ThenBy(count => count.Key.Renewals)
                .Select(count => new RenewalCount(count.Key.Renewals, count.Key.IsLost, count.Value)),
        ];
    }

    private static int YearOf(DateOnly first, DateOnly day) => AccountDays.CompletedMonths(first, day) / MonthsPerYear;

    private static (int Renewals, bool IsLost) Outcome(ulong bought, int wholeYears)
    {
        for (var renewal = 1; renewal < wholeYears; renewal++)
        {
            if ((bought & (1UL << renewal)) == 0)
            {
                return (renewal, true);
            }
        }

        return (Math.Max(0, wholeYears - 1), false);
    }
}
