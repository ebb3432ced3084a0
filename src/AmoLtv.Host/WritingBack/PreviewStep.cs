using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>A dry run: stores what a write-back would change, and sends nothing.</summary>
public sealed class PreviewStep(OutputFieldStore outputs, TargetStore targets, WriteBackPlanning planning, ConflictWatch conflicts) : IRunStep
{
    public string Name => RunSteps.Preview;

    public async Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        var rows = await outputs.ListAllAsync(run.Account, cancellationToken);
        var fields = await outputs.ListAsync(run.Account, cancellationToken);
        if (fields.Count == 0)
        {
            run.Progress.Report(new StepProgress(0, 0, WriteBackWords.Nothing(run.Account, rows)));
            return Counts(0);
        }

        if (await targets.FindAccountAsync(run.Account, cancellationToken) is not { } account)
        {
            run.Progress.Report(new StepProgress(0, 0, "The account was not valued yet: nothing to write."));
            return Counts(0);
        }

        var lost = rows.Where(row => row.Trouble is not null).Select(row => (row.Entity, row.Field)).ToHashSet();
        var present = fields.ToDictionary(
            entity => entity.Key,
            IReadOnlyList<Core.WritingBack.TargetField> (entity) => [.. entity.Value.Where(field => !lost.Contains((entity.Key, field.Field)))]);
        await planning.PlanAsync(run, isPreview: true, account, present, cancellationToken);
        return Counts(await conflicts.SiftPreviewAsync(run, present, cancellationToken));
    }

    private static Dictionary<string, long> Counts(long changes) => new(StringComparer.Ordinal) { ["fieldsToWrite"] = changes };
}
