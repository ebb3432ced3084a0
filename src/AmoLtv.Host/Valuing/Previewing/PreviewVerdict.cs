namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>What became of a lead.</summary>
/// <param name="Kind"><c>purchase</c>, <c>creditNote</c> or <c>excluded</c>.</param>
/// <param name="Reason">Why it is not summed, in camelCase; null where it is.</param>
/// <param name="Day">Of the purchase.</param>
/// <param name="Amount">In the account's currency.</param>
/// <param name="Cost">Where it is known.</param>
public sealed record PreviewVerdict(string Kind, string? Reason, DateOnly? Day, decimal? Amount, decimal? Cost);
