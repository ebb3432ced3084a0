namespace AmoLtv.Host.Cards;

/// <summary>Why there is no forecast.</summary>
/// <param name="Reason"><c>tooFewCustomers</c>, <c>tooShortHistory</c> (days), <c>noRepeatPurchases</c>, <c>noUsableMethod</c>, or <c>notYet</c>.</param>
/// <param name="Have">What there is.</param>
/// <param name="Need">What there has to be at least.</param>
public sealed record NoForecastPart(string Reason, int Have, int Need);
