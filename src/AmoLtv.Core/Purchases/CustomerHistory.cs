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

    /// <summary>All history by day, then lead id; needed for the payback of a CAC alone, else empty.</summary>
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
            .Select(group => Of(group.Key, [.. group.OrderBy(verdict => verdict.Day).ThenBy(verdict => verdict.Lead.Value)])),
    ];

    private static CustomerHistory Of(CustomerKey key, List<LeadVerdict> verdicts)
    {
        var purchases = verdicts.FindAll(verdict => verdict.Kind == VerdictKind.Purchase);
        var summed = purchases.FindAll(verdict => verdict.IsInPeriod);
        var credits = verdicts.FindAll(verdict => verdict is { Kind: VerdictKind.CreditNote, IsInPeriod: true });
        return new CustomerHistory
        {
            Key = key,
            Purchases = summed.Count,
            PurchaseRevenue = summed.Sum(AmountOf),
            CostedRevenue = summed.Where(HasCost).Sum(AmountOf),
            PurchaseCost = summed.Sum(CostOf),
            PurchasesWithoutCost = summed.Count(verdict => !HasCost(verdict)),
            CreditNotes = credits.Sum(AmountOf),
            CostedCreditNotes = credits.Where(HasCost).Sum(AmountOf),
            CreditNoteCost = credits.Sum(CostOf),
            AllPurchases = purchases.Count,
            PurchaseDays = [.. purchases.Select(verdict => verdict.Day!.Value).Distinct()],
            Channel = purchases.Count > 0 ? purchases[0].Channel : null,
            Movements = [.. verdicts.Select(MovementOf)],
        };
    }

    private static Movement MovementOf(LeadVerdict verdict)
    {
        var sign = verdict.Kind == VerdictKind.CreditNote ? -1 : 1;
        return new Movement(verdict.Day!.Value, sign * AmountOf(verdict), sign * verdict.Cost);
    }

    private static decimal AmountOf(LeadVerdict verdict) => verdict.Amount ?? 0;

    private static decimal CostOf(LeadVerdict verdict) => verdict.Cost ?? 0;

    private static bool HasCost(LeadVerdict verdict) => verdict.Cost is not null;
}
