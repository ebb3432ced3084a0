using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>Takes out of a plan the fields that something else keeps writing, so that two automations do not write for ever.</summary>
public sealed class ConflictWatch(ConflictStore store)
{
    /// <returns>How many fields the plan still has, and how many were given up just now.</returns>
    public async Task<(long Planned, long Stopped)> SiftAsync(
        RunContext run, IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields, CancellationToken cancellationToken)
    {
        var judged = await SkipAsync(run, fields, cancellationToken);
        await store.SaveAsync(run, judged, cancellationToken);
        return (await store.TrimAsync(run, fields, cancellationToken), judged.Count(one => one.Verdict == ConflictVerdict.Stop));
    }

    /// <summary>For a plan that is only shown: what would not be written is not shown as a change, and no conflict is counted.</summary>
    /// <returns>How many fields the plan still has.</returns>
    public async Task<long> SiftPreviewAsync(
        RunContext run, IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields, CancellationToken cancellationToken)
    {
        await SkipAsync(run, fields, cancellationToken);
        return await store.TrimAsync(run, fields, cancellationToken);
    }

    private async Task<IReadOnlyList<(FieldConflict Conflict, ConflictVerdict Verdict)>> SkipAsync(
        RunContext run, IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields, CancellationToken cancellationToken)
    {
        await store.SkipStoppedAsync(run, cancellationToken);
        var types = fields.SelectMany(entity => entity.Value, (entity, field) => (entity.Key, field))
            .ToDictionary(pair => (pair.Key, pair.field.Field.Value), pair => pair.field.Output.Type);
        var judged = (await store.ListAsync(run, cancellationToken))
            .Select(conflict => (Conflict: conflict, Verdict: ConflictRule.Judge(
                types[(conflict.Entity, conflict.FieldId)], conflict.Ours, conflict.Theirs, conflict.Ours, conflict.Seen)))
            .ToList();
        await store.SkipAsync(run, judged, cancellationToken);
        return judged;
    }
}
