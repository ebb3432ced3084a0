using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Cards;

/// <summary>A card as the tables hold it.</summary>
/// <param name="Version">Equal as long as nothing it shows has changed.</param>
/// <param name="Row">The customer's numbers and their account's.</param>
/// <param name="Detail">What stands behind them.</param>
/// <param name="Settings">The settings that the numbers were made with; those in force where there are no numbers.</param>
public sealed record StoredCard(string Version, CardRow Row, CardDetail Detail, AccountSettings Settings);
