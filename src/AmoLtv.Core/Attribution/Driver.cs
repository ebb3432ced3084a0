namespace AmoLtv.Core.Attribution;

/// <summary>An attribute and what its levels go with.</summary>
/// <param name="Name">The attribute's.</param>
/// <param name="Clients">Clients about whom it is known.</param>
/// <param name="SpreadPercent">How far the levels lie apart beyond chance, percent, 0 or above; null where there are too few clients to say.</param>
/// <param name="Levels">The best effect first, then by name; levels without one last.</param>
public sealed record Driver(string Name, int Clients, double? SpreadPercent, IReadOnlyList<DriverLevel> Levels);
