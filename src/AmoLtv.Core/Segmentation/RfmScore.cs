using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Segmentation;

/// <summary>A client's scores, each 1 (worst) to 5 (best).</summary>
/// <param name="Key">The client.</param>
/// <param name="Recency">5 bought most lately.</param>
/// <param name="Frequency">5 bought most often.</param>
/// <param name="Monetary">5 bought for most; the group does not depend on it.</param>
/// <param name="Group">By recency and frequency.</param>
public readonly record struct RfmScore(CustomerKey Key, int Recency, int Frequency, int Monetary, RfmGroup Group);
