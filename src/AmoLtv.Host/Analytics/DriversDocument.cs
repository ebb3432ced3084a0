using AmoLtv.Core.Attribution;

namespace AmoLtv.Host.Analytics;

/// <summary>What goes with a higher LTV.</summary>
/// <param name="Drivers">
/// Named channel, manager (number of user), firstPurchase, pipeline (number), company:FIELD, lead:FIELD; those whose levels differ most
/// first. Money in the account's currency.
/// </param>
internal sealed record DriversDocument(IReadOnlyList<Driver> Drivers);
