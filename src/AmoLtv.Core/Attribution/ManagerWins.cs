namespace AmoLtv.Core.Attribution;

/// <summary>Who won: the purchases of the period whose leads the user was responsible for.</summary>
/// <param name="Purchases">Credit notes are none.</param>
/// <param name="Value">Credit notes taken off, on the account's basis, in its currency.</param>
public sealed record ManagerWins(int Purchases, decimal Value);
