using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Purchases;

/// <summary>
/// What a customer bought, summed: all that its numbers need. Sums are of the account's period,
/// days and the channel of all history. Amounts are in the account's currency.
/// </summary>
public sealed record CustomerHistory
{
    public required CustomerKey Key { get; init; }

    /// <summary>Purchases of the period.</summary>
    public int Purchases { get; init; }

    /// <summary>Their amounts.</summary>
    public decimal PurchaseRevenue { get; init; }

    /// <summary>Amounts of those with a known cost.</summary>
    public decimal CostedRevenue { get; init; }

    /// <summary>The known costs.</summary>
    public decimal PurchaseCost { get; init; }

    /// <summary>Purchases of the period without a known cost.</summary>
    public int PurchasesWithoutCost { get; init; }

    /// <summary>Credit notes of the period, a sum of 0 or above.</summary>
    public decimal CreditNotes { get; init; }

    /// <summary>Credit notes of the period with a known cost.</summary>
    public decimal CostedCreditNotes { get; init; }

    /// <summary>Costs that came back with them.</summary>
    public decimal CreditNoteCost { get; init; }

    /// <summary>Purchases of all history.</summary>
    public int AllPurchases { get; init; }

    /// <summary>Distinct days of purchase of all history, rising.</summary>
    public IReadOnlyList<DateOnly> PurchaseDays { get; init; } = [];

    /// <summary>Channel of the first purchase: the earliest day, then the lowest lead id.</summary>
    public string? Channel { get; init; }

    /// <summary>What acquiring it cost, as the company's own field says.</summary>
    public decimal? StatedCac { get; init; }

    /// <summary>All history by day, then lead id.</summary>
    public IReadOnlyList<Movement> Movements { get; init; } = [];

    /// <summary>Revenue of the period with credit notes taken off.</summary>
    public decimal Revenue => PurchaseRevenue - CreditNotes;

    public DateOnly? FirstPurchase => PurchaseDays.Count > 0 ? PurchaseDays[0] : null;

    public DateOnly? LastPurchase => PurchaseDays.Count > 0 ? PurchaseDays[^1] : null;

    /// <summary>Histories of every customer these leads belong to; the order of the leads does not matter.</summary>
    public static IReadOnlyList<CustomerHistory> From(IEnumerable<LeadVerdict> verdicts) =>
    [
        .. verdicts
            .SelectMany(verdict => verdict.Customers().Select(key => (Key: key, Verdict: verdict)))
            .GroupBy(pair => pair.Key, pair => pair.Verdict)
            .OrderBy(group => group.Key.Scope).ThenBy(group => group.Key.Id)
            .Select(group => Of(group.Key, [.. group.Select(EntryOf)])),
    ];

    /// <summary>The history of one customer.</summary>
    /// <param name="key">The customer.</param>
    /// <param name="entries">Everything it bought and gave back, in any order; sorted in place.</param>
    public static CustomerHistory Of(CustomerKey key, Span<HistoryEntry> entries)
    {
        entries.Sort();
        var sums = new HistorySums();
        var movements = new Movement[entries.Length];
        for (var index = 0; index < entries.Length; index++)
        {
            sums.Add(entries[index]);
            movements[index] = new Movement(entries[index].Day, entries[index].Amount, entries[index].Cost);
        }

        return sums.ToHistory(key, movements);
    }

    private static HistoryEntry EntryOf(LeadVerdict verdict)
    {
        var sign = verdict.Kind == VerdictKind.CreditNote ? -1 : 1;
        return new HistoryEntry(verdict.Day!.Value, verdict.Lead.Value, sign * (verdict.Amount ?? 0), sign * verdict.Cost, verdict.IsInPeriod, verdict.Channel);
    }
}
