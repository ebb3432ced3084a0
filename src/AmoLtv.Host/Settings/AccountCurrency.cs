namespace AmoLtv.Host.Settings;

/// <summary>The currency of an account.</summary>
/// <param name="Code">As the CRM names it now.</param>
/// <param name="Symbol">Its sign.</param>
/// <param name="Confirmed">What results are in; another than <paramref name="Code"/> stops recalculation. Null before the first.</param>
public sealed record AccountCurrency(string Code, string Symbol, string? Confirmed);
