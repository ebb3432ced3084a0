using AmoLtv.AmoCrm;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>
/// Writes into the CRM what differs from what it holds, and nothing else. The whole plan is stored before the first
/// batch is sent, so that each field's before and after are known whatever happens; a run that follows a killed one
/// first asks the CRM what became of the batches that were on their way.
/// </summary>
public sealed class WriteBackStep(
    OutputFieldStore outputs,
    WriteBackSettingsStore settings,
    TargetStore targets,
    FieldWatch watch,
    ConflictWatch conflicts,
    InterruptedWrites interrupted,
    WriteBackPlanning planning,
    WriteSending sending,
    FieldWriteStore writes,
    CrmConnections connections) : IRunStep
{
    /// <summary>Different reasons that a run tells.</summary>
    private const int MostErrors = 3;

    private static readonly TimeSpan LongestBetweenNights = TimeSpan.FromSeconds(30);

    private static readonly SendResult Nothing = new(0, 0, 0, IsWhole: true, []);

    public string Name => RunSteps.WriteBack;

    public async Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        var lost = await watch.CheckAsync(run.Account, cancellationToken);
        var fields = await outputs.ListAsync(run.Account, cancellationToken);
        var current = await settings.GetAsync(run.Account, cancellationToken);
        if (await ObstacleAsync(run, fields, lost, current, cancellationToken) is { } obstacle)
        {
            run.Progress.Report(new StepProgress(0, 0, obstacle));
            return await EndAsync(run, Counts(isEnabled: fields.Count > 0, Nothing, 0, 0), lost, cancellationToken);
        }

        if (await targets.FindAccountAsync(run.Account, cancellationToken) is not { } account)
        {
            run.Progress.Report(new StepProgress(0, 0, "The account was not valued yet: nothing to write."));
            return await EndAsync(run, Counts(isEnabled: true, Nothing, 0, 0), lost, cancellationToken);
        }

        var crm = new Lazy<Task<AmoCrmClient>>(() => connections.OpenAsync(run.Account, cancellationToken));
        await interrupted.SettleAsync(run, account.Zone, crm, cancellationToken);
        var planned = await planning.PlanAsync(run, isPreview: false, account, fields, cancellationToken);
        (planned, var stopped) = await conflicts.SiftAsync(run, fields, cancellationToken);
        RunTelemetry.FieldsConflicting(stopped);
        var result = planned == 0
            ? Nothing
            : await sending.SendAsync(run, await crm.Value, Types(fields), planned, PaceOf(run, current.Pace), cancellationToken);
        return await EndAsync(run, Counts(isEnabled: true, result, planned, stopped), [.. lost, .. result.Lost], cancellationToken);
    }

    /// <summary>Between nights a first write-back that is spread goes on for a moment only: other accounts wait for their turn.</summary>
    private static WritePace? PaceOf(RunContext run, WritePace? pace) =>
        run.Cause == RunCause.Change && pace?.LongestRun > LongestBetweenNights ? pace with { LongestRun = LongestBetweenNights } : pace;

    /// <summary>Kinds of the fields that are written.</summary>
    internal static IReadOnlyDictionary<EntityType, IReadOnlyDictionary<long, OutputType>> Types(
        IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields) =>
        fields.ToDictionary(
            entity => entity.Key,
            IReadOnlyDictionary<long, OutputType> (entity) => entity.Value.ToDictionary(field => field.Field.Value, field => field.Output.Type));

    /// <summary>Why nothing is written, in words; null where something may be. A write-back asked for by hand ends a pause.</summary>
    private async Task<string?> ObstacleAsync(
        RunContext run,
        IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields,
        IReadOnlyList<OutputFieldRow> lost,
        WriteBackSettings current,
        CancellationToken cancellationToken)
    {
        if (fields.Count == 0)
        {
            return lost.Count > 0
                ? "Every field is switched off: nothing to write."
                : WriteBackWords.Nothing(run.Account, await outputs.ListAllAsync(run.Account, cancellationToken));
        }

        if (current.PausedBy is not { } undo)
        {
            return null;
        }

        if (await settings.IsAskedForAsync(run, cancellationToken))
        {
            await settings.ResumeAsync(run.Account, cancellationToken);
            return null;
        }

        return $"Write-back is paused since run {undo} took changes back: amoltv write-back --account {run.Account} writes again.";
    }

    /// <exception cref="IncompleteStepException">Something was refused.</exception>
    private async Task<IReadOnlyDictionary<string, long>> EndAsync(
        RunContext run, Dictionary<string, long> counts, IReadOnlyList<OutputFieldRow> lost, CancellationToken cancellationToken)
    {
        counts["fieldsSwitchedOff"] = lost.Count;
        var sentences = new List<string>();
        if (lost.Count > 0)
        {
            sentences.Add(FieldWatch.Words(run.Account, lost, await outputs.IsEnglishAsync(run.Account, cancellationToken)));
        }

        if (counts["fieldsFailed"] is > 0 and var failed)
        {
            var errors = await writes.ListErrorsAsync(run, MostErrors, cancellationToken);
            sentences.Add(
                $"{failed} fields were not written: "
                + string.Join("; ", errors.Select(error => $"{error.Error.TrimEnd('.')} ({error.Cards} cards)")) + '.');
        }

        if (counts["conflicts"] is > 0 and var stopped)
        {
            sentences.Add(
                $"{stopped} fields of cards are written by something else too, and are left alone from now on: amoltv write-back conflicts lists them.");
        }

        return sentences.Count == 0 ? counts : throw new IncompleteStepException(string.Join(' ', sentences), counts);
    }

    private static Dictionary<string, long> Counts(bool isEnabled, SendResult result, long planned, long stopped) => new(StringComparer.Ordinal)
    {
        ["isEnabled"] = isEnabled ? 1 : 0,
        ["fieldsWritten"] = result.Written,
        ["fieldsFailed"] = result.Failed,
        ["fieldsLeft"] = result.IsWhole ? 0 : planned - result.Written - result.Failed,
        ["conflicts"] = stopped,
        ["cards"] = result.Cards,
    };
}
