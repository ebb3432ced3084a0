using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>Which stages make a lead a purchase.</summary>
public sealed record WonStageSettings
{
    /// <summary>Pipelines whose status 142 counts; empty: every pipeline's.</summary>
    public IReadOnlyList<PipelineId> Pipelines { get; init; } = [];

    /// <summary>Stages that count besides, in whatever pipeline.</summary>
    public IReadOnlyList<StageKey> ExtraStages { get; init; } = [];

    /// <summary>Whether a lead in this stage is won.</summary>
    public bool Counts(StageKey stage) =>
        (stage.Status == StageKey.Won && (Pipelines.Count == 0 || Pipelines.Contains(stage.Pipeline))) || ExtraStages.Contains(stage);
}
