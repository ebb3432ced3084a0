namespace AmoLtv.Core.Products;

/// <summary>What similar clients buy next.</summary>
/// <param name="Refusal">What is missing to say it; null where it can be said.</param>
/// <param name="Compared">Pairs that clients bought one after the other and that had clients enough to be compared: by chance one in forty of them passes.</param>
/// <param name="Found">Pairs that stand out, the surest first; empty where none does.</param>
public sealed record NextPurchaseReport(NextPurchaseRefusal? Refusal, int Compared, IReadOnlyList<NextPurchase> Found);
