using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Accounts;

/// <summary>A pipeline with its stages.</summary>
public sealed record CrmPipeline(
    PipelineId Id, string Name, int Sort, bool IsMain, bool IsArchive, IReadOnlyList<CrmStage> Stages);
