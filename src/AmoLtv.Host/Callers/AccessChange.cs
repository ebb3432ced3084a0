namespace AmoLtv.Host.Callers;

/// <summary>A change of who may see analytics.</summary>
/// <param name="Version">Of the answer that the change was made on.</param>
/// <param name="Viewers">All users who may from now on, administrators apart: they always may.</param>
public sealed record AccessChange(int Version, IReadOnlyList<long>? Viewers);
