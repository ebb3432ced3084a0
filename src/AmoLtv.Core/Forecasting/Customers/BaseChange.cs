namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>What has happened to a base since its parameters were learned.</summary>
/// <param name="LearnedCustomers">Customers learned from (<see cref="ForecastParameters.Customers"/>).</param>
/// <param name="Customers">Customers now.</param>
/// <param name="ChangedCustomers">Customers whose purchases have changed since, new and vanished ones included.</param>
/// <param name="DaysSinceChoice">Days since the method was chosen, ≥ 0.</param>
/// <param name="HaveInputsChanged">True where the horizon, or a setting that shapes what a purchase or its amount is, is not what it was.</param>
public sealed record BaseChange(int LearnedCustomers, int Customers, int ChangedCustomers, int DaysSinceChoice, bool HaveInputsChanged);
