namespace AmoLtv.Core.Attribution;

/// <summary>A group's mean after it leaned on the other groups.</summary>
/// <param name="Mean">Posterior mean.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
public readonly record struct PooledEstimate(double Mean, double Low, double High);
