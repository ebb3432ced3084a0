using AmoLtv.Core.Segmentation;

namespace AmoLtv.Core.WritingBack;

/// <summary>The numbers of one customer that may be written back, as they were computed.</summary>
/// <param name="Ltv">The headline; null where there is none.</param>
/// <param name="Bought">What was bought, on the account's basis.</param>
/// <param name="AverageOrderValue">Revenue per purchase.</param>
/// <param name="Purchases">Purchases that are summed; 0 for a customer that bought nothing in the account's period.</param>
/// <param name="PurchasesPerYear">Null for one that never bought.</param>
/// <param name="FirstPurchase">In the account's time zone.</param>
/// <param name="LastPurchase">In the account's time zone.</param>
/// <param name="Tier">Name of the tier; null for a contact that is no client.</param>
/// <param name="LtvToCac">Null where no cost of acquiring is known.</param>
/// <param name="Expected">Expected value in the horizon, on the account's basis; null without a forecast.</param>
/// <param name="NextPurchase">Median day of the next purchase, in the account's time zone; null without a forecast and for a lost client.</param>
/// <param name="RepeatProbability">Of at least one purchase in the horizon, 0 to 1; null without a forecast.</param>
/// <param name="RfmGroup">Null for a contact that is no client.</param>
/// <param name="Lifecycle">Null for a contact that is no client.</param>
public sealed record CustomerOutputs(
    decimal? Ltv,
    decimal Bought,
    decimal? AverageOrderValue,
    int Purchases,
    double? PurchasesPerYear,
    DateOnly? FirstPurchase,
    DateOnly? LastPurchase,
    string? Tier,
    double? LtvToCac,
    decimal? Expected,
    DateOnly? NextPurchase,
    double? RepeatProbability,
    RfmGroup? RfmGroup,
    LifecycleState? Lifecycle);
