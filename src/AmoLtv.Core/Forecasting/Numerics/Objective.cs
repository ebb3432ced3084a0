namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>A function to be minimised: returns its value at <paramref name="point"/> and fills its <paramref name="gradient"/>; a non-finite value means "not here".</summary>
public delegate double Objective(ReadOnlySpan<double> point, Span<double> gradient);
