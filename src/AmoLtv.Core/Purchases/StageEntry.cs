using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Purchases;

/// <summary>The first time a lead entered a stage.</summary>
public readonly record struct StageEntry(StageKey Stage, DateTimeOffset EnteredAt);
