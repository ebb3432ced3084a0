namespace AmoLtv.Core.Products;

/// <summary>What is missing to say what clients buy next.</summary>
/// <param name="Reason">The first condition that is not met.</param>
/// <param name="Have">What there is; null for who may not see all clients.</param>
/// <param name="Need">What there has to be at least.</param>
public sealed record NextPurchaseRefusal(NextPurchaseRefusalReason Reason, int? Have, int Need);
