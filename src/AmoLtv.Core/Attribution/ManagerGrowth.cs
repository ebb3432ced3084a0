namespace AmoLtv.Core.Attribution;

/// <summary>Who grew: what the user's clients of today bought, whoever sold it. On the account's basis, in its currency.</summary>
/// <param name="Value">In the period.</param>
/// <param name="EarlierValue">In the equal period before.</param>
/// <param name="FromNewClients">What of <paramref name="Value"/> came from clients whose first purchase ever lies in the period.</param>
/// <param name="GrownClients">Clients that bought for more than in the period before, the new ones included.</param>
/// <param name="ShrunkClients">Clients that bought for less.</param>
public sealed record ManagerGrowth(decimal Value, decimal EarlierValue, decimal FromNewClients, int GrownClients, int ShrunkClients)
{
    public decimal Increase => Value - EarlierValue;

    /// <summary>The increase that is not owed to new clients.</summary>
    public decimal IncreaseOfKnownClients => Increase - FromNewClients;
}
