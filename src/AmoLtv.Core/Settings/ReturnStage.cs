namespace AmoLtv.Core.Settings;

/// <summary>What a lead in this stage takes back.</summary>
public sealed record ReturnStage(StageKey Stage, ReturnKind Kind);
