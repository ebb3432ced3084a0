using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Valuation;

/// <summary>When a customer has brought in what acquiring it cost.</summary>
public static class Payback
{
    /// <summary>
    /// Months from the first purchase until the value summed up covers the cost, a begun month counting whole;
    /// 0 where the first day covers it, null while it is not covered.
    /// </summary>
    /// <param name="movements">All history, by day.</param>
    /// <param name="margin">On the account's basis.</param>
    /// <param name="cac">0 or above.</param>
    public static int? Months(IReadOnlyList<Movement> movements, MarginRates margin, decimal cac)
    {
        var sum = 0m;
        DateOnly? first = null;
        foreach (var movement in movements)
        {
            first ??= movement.Amount > 0 ? movement.Day : null;
            sum += margin.ValueOf(movement);
            if (first is { } start && sum >= cac)
            {
                var completed = AccountDays.CompletedMonths(start, movement.Day);
                return start.AddMonths(completed) < movement.Day ? completed + 1 : completed;
            }
        }

        return null;
    }
}
