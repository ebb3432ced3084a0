namespace AmoLtv.Host.Analytics.Answers;

/// <summary>The base on a day on which it was analysed. Money in the account's currency.</summary>
/// <param name="Day">Local day.</param>
/// <param name="Clients">That ever bought.</param>
/// <param name="Value">Of the base.</param>
/// <param name="Historical">Bought to that day.</param>
/// <param name="Expected">In the horizon; null without a forecast.</param>
internal sealed record BaseDay(DateOnly Day, int Clients, decimal Value, decimal Historical, decimal? Expected);
