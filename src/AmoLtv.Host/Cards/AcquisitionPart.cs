namespace AmoLtv.Host.Cards;

/// <summary>What winning the client cost, against what it is worth.</summary>
/// <param name="PaybackMonths">Until its value covered the cost; null where it has not.</param>
public sealed record AcquisitionPart(decimal Cac, double? LtvToCac, int? PaybackMonths);
