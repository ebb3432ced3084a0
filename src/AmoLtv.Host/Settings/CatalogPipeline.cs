namespace AmoLtv.Host.Settings;

/// <summary>A pipeline with its stages in their order; won and lost come last.</summary>
public sealed record CatalogPipeline(long Id, string Name, bool IsMain, bool IsArchive, IReadOnlyList<CatalogStage> Stages);
