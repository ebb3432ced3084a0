namespace AmoLtv.Core.Valuation;

/// <summary>
/// Why a customer's LTV is another than it was: the difference, cause by cause, each in the account's currency. The parts sum
/// to it exactly; no LTV counts as 0.
/// </summary>
/// <param name="Before">The LTV as it was stored; null where there was none.</param>
/// <param name="ByPurchases">By <see cref="BridgeCauses.Purchases"/>.</param>
/// <param name="BySettings">By <see cref="BridgeCauses.Settings"/>.</param>
/// <param name="ByModel">By <see cref="BridgeCauses.Model"/>.</param>
/// <param name="ByAgeing">By <see cref="BridgeCauses.Ageing"/>.</param>
public readonly record struct ValueBridge(decimal? Before, decimal ByPurchases, decimal BySettings, decimal ByModel, decimal ByAgeing)
{
    private static readonly BridgeCauses[] Order =
        [BridgeCauses.Purchases, BridgeCauses.Settings, BridgeCauses.Model, BridgeCauses.Ageing];

    /// <summary>The bridge of a customer without a result before: all of it is its purchases.</summary>
    public static ValueBridge OfNewcomer(decimal? ltv) => new(null, ltv ?? 0, 0, 0, 0);

    /// <summary>
    /// Applies the causes one after the other, purchases first, and gives each what the LTV moved by; the last of them needs no
    /// valuation of its own. A difference without a known cause is the model's.
    /// </summary>
    /// <param name="before">LTV as it was stored.</param>
    /// <param name="after">LTV now.</param>
    /// <param name="causes">What has changed.</param>
    /// <param name="ltvAfter">LTV of the customer as it buys now, with these causes applied and the others as they were.</param>
    public static ValueBridge Of(decimal? before, decimal? after, BridgeCauses causes, Func<BridgeCauses, decimal?> ltvAfter)
    {
        var active = Array.FindAll(Order, cause => causes.HasFlag(cause));
        if (active.Length == 0)
        {
            active = [BridgeCauses.Model];
        }

        var bridge = new ValueBridge(before, 0, 0, 0, 0);
        var (reached, applied) = (before ?? 0, BridgeCauses.None);
        foreach (var cause in active)
        {
            applied |= cause;
            var next = (cause == active[^1] ? after : ltvAfter(applied)) ?? 0;
            bridge = bridge.With(cause, next - reached);
            reached = next;
        }

        return bridge;
    }

    private ValueBridge With(BridgeCauses cause, decimal part) => cause switch
    {
        BridgeCauses.Purchases => this with { ByPurchases = part },
        BridgeCauses.Settings => this with { BySettings = part },
        BridgeCauses.Model => this with { ByModel = part },
        _ => this with { ByAgeing = part },
    };
}
