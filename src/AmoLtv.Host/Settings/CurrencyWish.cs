namespace AmoLtv.Host.Settings;

/// <summary>Confirms the currency that amounts are in.</summary>
/// <param name="Currency">The one the page showed.</param>
public sealed record CurrencyWish(string? Currency);
