namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>Where a minimisation ended.</summary>
/// <param name="Point">Coordinates, within the bounds.</param>
/// <param name="Value">The function there.</param>
/// <param name="Converged">True where the free part of the gradient vanished to the tolerance, or nothing more can be gained in double precision.</param>
/// <param name="Evaluations">How often the function was evaluated, over all starts.</param>
public sealed record Minimum(double[] Point, double Value, bool Converged, int Evaluations);
