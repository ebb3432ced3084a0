namespace AmoLtv.Host.Settings;

/// <summary>What came of confirming a currency.</summary>
/// <param name="Currency">The one confirmed.</param>
/// <param name="Fresh">When the numbers follow.</param>
public sealed record CurrencyConfirmation(string Currency, Freshness Fresh);
