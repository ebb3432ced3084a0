namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>A parameter of a fitted model under its published name.</summary>
/// <param name="Name">r, alpha, a, b, s, beta, k, p, q, gamma, delta.</param>
/// <param name="Value">Rates (alpha, beta) are in the unit of time of the data, gamma of the spend model in its currency.</param>
public readonly record struct ModelParameter(string Name, double Value);
