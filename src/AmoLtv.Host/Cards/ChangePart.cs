namespace AmoLtv.Host.Cards;

/// <summary>Why the headline is another than it was; the parts sum to the difference.</summary>
/// <param name="At">When it became what it is.</param>
/// <param name="Before">The headline before; null where there was none.</param>
public sealed record ChangePart(DateTimeOffset? At, decimal? Before, decimal ByPurchases, decimal BySettings, decimal ByModel, decimal ByAgeing);
