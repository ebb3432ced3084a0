namespace AmoLtv.Core.Attribution;

/// <summary>Clients that share a level of an attribute. Money in the account's currency.</summary>
/// <param name="Level">For example ads, or 1000..5000.</param>
/// <param name="Clients">How many, those without value included.</param>
/// <param name="Value">Their LTV in all.</param>
/// <param name="MedianLtv">Of a client.</param>
/// <param name="Effect">Null where the attribute has too few clients to say anything, or none here with value.</param>
public sealed record DriverLevel(string Level, int Clients, decimal Value, decimal MedianLtv, DriverEffect? Effect);
