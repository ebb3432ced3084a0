namespace AmoLtv.Core.Attribution;

/// <summary>Who holds: the clients that are the user's today. Value in the account's currency.</summary>
/// <param name="Clients">All of them.</param>
/// <param name="Value">Of all of them.</param>
/// <param name="ActiveClients">New and active ones.</param>
/// <param name="ActiveValue">Of the new and active ones.</param>
/// <param name="SlippingClients">Slipping and dormant ones: still to be held.</param>
/// <param name="SlippingValue">Of the slipping and dormant ones.</param>
public sealed record ManagerHoldings(
    int Clients, decimal Value, int ActiveClients, decimal ActiveValue, int SlippingClients, decimal SlippingValue);
