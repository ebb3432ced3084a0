using AmoLtv.Core.Identity;

namespace AmoLtv.Core.WritingBack;

/// <summary>What is written back into companies and contacts, and, where the admin wants it, into leads.</summary>
public static class OutputFields
{
    public const string Ltv = "ltv";
    public const string Basis = "basis";
    public const string Bought = "bought";
    public const string AverageOrderValue = "aov";
    public const string Purchases = "purchases";
    public const string PurchasesPerYear = "purchases_per_year";
    public const string FirstPurchase = "first_purchase";
    public const string LastPurchase = "last_purchase";
    public const string Expected = "expected";
    public const string NextPurchase = "next_purchase";
    public const string RepeatProbability = "repeat_probability";
    public const string Tier = "tier";
    public const string RfmGroup = "rfm_group";
    public const string Lifecycle = "lifecycle";
    public const string LtvToCac = "ltv_to_cac";
    public const string CalculatedAt = "calculated_at";

    /// <summary>In the order in which they are shown and created.</summary>
    public static IReadOnlyList<OutputField> All { get; } =
    [
        new(Ltv, "AMOLTV_LTV", OutputType.Numeric, "LTV", "LTV"),
        new(Basis, "AMOLTV_BASIS", OutputType.Text, "LTV: по чему считается", "LTV: basis"),
        new(Bought, "AMOLTV_BOUGHT", OutputType.Numeric, "LTV: куплено на сумму", "LTV: bought to date"),
        new(Expected, "AMOLTV_EXPECTED", OutputType.Numeric, "LTV: ожидается", "LTV: expected"),
        new(AverageOrderValue, "AMOLTV_AOV", OutputType.Numeric, "LTV: средний чек", "LTV: average order value"),
        new(Purchases, "AMOLTV_PURCHASES", OutputType.Numeric, "LTV: покупок", "LTV: purchases"),
        new(PurchasesPerYear, "AMOLTV_FREQUENCY", OutputType.Numeric, "LTV: покупок в год", "LTV: purchases a year"),
        new(FirstPurchase, "AMOLTV_FIRST", OutputType.Date, "LTV: первая покупка", "LTV: first purchase"),
        new(LastPurchase, "AMOLTV_LAST", OutputType.Date, "LTV: последняя покупка", "LTV: last purchase"),
        new(NextPurchase, "AMOLTV_NEXT", OutputType.Date, "LTV: следующая покупка ожидается", "LTV: next purchase expected"),
        new(RepeatProbability, "AMOLTV_REPEAT", OutputType.Numeric, "LTV: вероятность повторной покупки, %", "LTV: repeat probability, %"),
        new(Tier, "AMOLTV_TIER", OutputType.Text, "LTV: уровень", "LTV: tier"),
        new(RfmGroup, "AMOLTV_RFM", OutputType.Text, "LTV: группа RFM", "LTV: RFM group"),
        new(Lifecycle, "AMOLTV_LIFECYCLE", OutputType.Text, "LTV: жизненный цикл", "LTV: life-cycle"),
        new(LtvToCac, "AMOLTV_LTV_CAC", OutputType.Numeric, "LTV : CAC", "LTV : CAC"),
        new(CalculatedAt, "AMOLTV_AT", OutputType.DateTime, "LTV: рассчитано", "LTV: calculated at"),
    ];

    /// <summary>On leads: numbers of the lead's company, else of its main contact, so that a pipeline can be filtered by them. Off until asked for.</summary>
    public static IReadOnlyList<OutputField> OfLeads { get; } =
    [
        new(Ltv, "AMOLTV_LTV", OutputType.Numeric, "LTV клиента", "Customer LTV"),
        new(Tier, "AMOLTV_TIER", OutputType.Text, "Уровень LTV клиента", "Customer LTV tier"),
    ];

    /// <summary>What a kind of card may carry, in the order in which it is shown and created.</summary>
    public static IReadOnlyList<OutputField> Of(EntityType entity) => entity == EntityType.Lead ? OfLeads : All;

    /// <exception cref="KeyNotFoundException">There is no such output.</exception>
    public static OutputField Get(string output) =>
        All.FirstOrDefault(field => field.Output == output) ?? throw new KeyNotFoundException($"There is no output '{output}'.");
}
