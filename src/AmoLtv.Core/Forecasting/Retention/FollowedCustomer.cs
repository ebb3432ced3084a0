namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>A customer followed until it was lost or until now.</summary>
/// <param name="Time">How long it was followed, ≥ 0, in any one unit.</param>
/// <param name="IsLost">True where it was lost at that time, false where it was only followed so far.</param>
public readonly record struct FollowedCustomer(double Time, bool IsLost);
