using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Hooks;

/// <summary>A saved row as it was and as it is.</summary>
/// <param name="Before">Null when it is new.</param>
internal readonly record struct HookChange(CrmEntity? Before, CrmEntity After)
{
    /// <summary>True when a subscription to this word hears of the change. A change of stage or of the responsible user is an update too.</summary>
    /// <param name="word">add, update, delete, restore, status or responsible.</param>
    public bool IsA(string word) => word switch
    {
        "add" => Before is null,
        "delete" => Before is { IsDeleted: false } && After.IsDeleted,
        "restore" => Before is { IsDeleted: true } && !After.IsDeleted,
        "update" => IsUpdate,
        "responsible" => IsUpdate && Before!.ResponsibleUserId != After.ResponsibleUserId,
        "status" => IsUpdate && Before is Lead was && After is Lead now && (was.PipelineId, was.StatusId) != (now.PipelineId, now.StatusId),
        _ => false,
    };

    private bool IsUpdate => Before is { IsDeleted: false } && !After.IsDeleted;
}
