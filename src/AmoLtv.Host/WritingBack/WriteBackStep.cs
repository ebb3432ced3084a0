using System.Runtime.CompilerServices;
using AmoLtv.AmoCrm;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>
/// Writes into the CRM what differs from what it holds, and nothing else. The whole plan is stored before the first
/// batch is sent, so that each field's before and after are known whatever happens; a run that follows a killed one
/// first asks the CRM what became of the batch that was on its way.
/// </summary>
public sealed class WriteBackStep(
    OutputFieldStore outputs, TargetStore targets, FieldWriteStore writes, HeldFieldStore held, CrmConnections connections) : IRunStep
{
    /// <summary>Different reasons that a run tells.</summary>
    private const int MostErrors = 3;

    public string Name => RunSteps.WriteBack;

    public async Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        var fields = await outputs.ListAsync(run.Account, cancellationToken);
        if (fields.Count == 0)
        {
            run.Progress.Report(new StepProgress(0, 0, "Write-back is not enabled: amoltv write-back --enable shows what it would create."));
            return Counts(isEnabled: false, 0, 0, 0);
        }

        if (await targets.FindAccountAsync(run.Account, cancellationToken) is not { } account)
        {
            run.Progress.Report(new StepProgress(0, 0, "The account was not valued yet: nothing to write."));
            return Counts(isEnabled: true, 0, 0, 0);
        }

        var gone = await outputs.ListGoneAsync(run.Account, cancellationToken);
        var present = fields.ToDictionary(
            entity => entity.Key, IReadOnlyList<TargetField> (entity) => [.. entity.Value.Where(field => !gone.Contains((entity.Key, field.Field)))]);
        var crm = new Lazy<Task<AmoCrmClient>>(() => connections.OpenAsync(run.Account, cancellationToken));
        await SettleInterruptedAsync(run, account, present, crm, cancellationToken);
        var planned = await writes.PlanAsync(run, PlanAsync(run, account, present, cancellationToken), cancellationToken);
        var counts = planned == 0
            ? Counts(isEnabled: true, 0, 0, 0)
            : await SendAsync(run, present, planned, await crm.Value, cancellationToken);
        var words = await RefusalsAsync(run, fields, gone, counts["fieldsFailed"], cancellationToken);
        return words.Length == 0 ? counts : throw new IncompleteStepException(words, counts);
    }

    /// <summary>What could not be written and why; empty where nothing was refused.</summary>
    private async Task<string> RefusalsAsync(
        RunContext run,
        IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields,
        IReadOnlySet<(EntityType Entity, FieldId Field)> gone,
        long failed,
        CancellationToken cancellationToken)
    {
        var sentences = new List<string>();
        if (gone.Count > 0)
        {
            var isEnglish = await outputs.IsEnglishAsync(run.Account, cancellationToken);
            var names = fields.SelectMany(entity => entity.Value
                .Where(field => gone.Contains((entity.Key, field.Field)))
                .Select(field => $"'{(isEnglish ? field.Output.EnglishName : field.Output.RussianName)}' ({Words(entity.Key)}, number {field.Field})"));
            sentences.Add(
                $"The CRM no longer has these custom fields: {string.Join(", ", names)}; nothing is written into them until "
                + $"amoltv write-back --account {run.Account} --enable has made them again.");
        }

        if (failed > 0)
        {
            var errors = await writes.ListErrorsAsync(run, MostErrors, cancellationToken);
            sentences.Add(
                $"{failed} fields were not written: "
                + string.Join("; ", errors.Select(error => $"{error.Error.TrimEnd('.')} ({error.Cards} cards)")) + '.');
        }

        return string.Join(' ', sentences);
    }

    private static string Words(EntityType entity) => entity == EntityType.Company ? "companies" : "contacts";

    /// <summary>What an interrupted run had on its way is read afresh, so that nothing that arrived is planned again.</summary>
    private async Task SettleInterruptedAsync(
        RunContext run,
        OutputAccount account,
        IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields,
        Lazy<Task<AmoCrmClient>> crm,
        CancellationToken cancellationToken)
    {
        foreach (var card in (await writes.ListUnknownAsync(run, cancellationToken)).GroupBy(write => (write.Entity, write.EntityId)))
        {
            var targetFields = fields.GetValueOrDefault(card.Key.Entity, []);
            var read = targetFields.Select(field => field.Field).ToHashSet();
            var now = await HeldCards.ReadOneAsync(await crm.Value, card.Key.Entity, card.Key.EntityId, read, cancellationToken);
            if (now is not null)
            {
                await held.SaveAsync(run.Account, card.Key.Entity, [now], read, cancellationToken);
            }

            var types = targetFields.ToDictionary(field => field.Field.Value, field => field.Output.Type);
            foreach (var settled in card.GroupBy(write => HasArrived(write, now, types, account.Zone)))
            {
                await writes.SettleAsync(run, [.. settled], settled.Key, cancellationToken);
            }
        }
    }

    private static bool HasArrived(UnknownWrite write, HeldCard? now, Dictionary<long, OutputType> types, TimeZoneInfo zone) =>
        now is not null && types.TryGetValue(write.FieldId, out var type)
        && OutputText.IsSame(type, write.After, now.Fields.GetValueOrDefault(new FieldId(write.FieldId)), zone);

    private async IAsyncEnumerable<(EntityType Entity, long Id, IReadOnlyList<FieldDifference> Differences)> PlanAsync(
        RunContext run,
        OutputAccount account,
        IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = 0L;
        foreach (var (entity, targetFields) in fields)
        {
            await foreach (var card in targets.ReadAsync(run.Account, entity, ids: null, cancellationToken))
            {
                if (++seen % 1000 == 0)
                {
                    run.Progress.Report(new StepProgress(seen, null, "cards compared with the CRM"));
                }

                var differences = FieldWritePlan.Differences(targetFields, card.Outputs, card.Held, account);
                if (differences.Count > 0)
                {
                    yield return (entity, card.Id, differences);
                }
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, long>> SendAsync(
        RunContext run,
        IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields,
        long planned,
        AmoCrmClient crm,
        CancellationToken cancellationToken)
    {
        var (written, failed, cards) = (0L, 0L, 0L);
        foreach (var (entity, targetFields) in fields)
        {
            var types = targetFields.ToDictionary(field => field.Field.Value, field => field.Output.Type);
            var writer = new BatchWriter(crm, writes, run, types);
            var last = 0L;
            while (await writes.NextAsync(run, entity, last, writer.Size, cancellationToken) is { Count: > 0 } batch)
            {
                await writer.WriteAsync(entity, batch, cancellationToken);
                last = batch[^1].EntityId;
                cards += batch.DistinctBy(write => write.EntityId).Count();
                run.Progress.Report(new StepProgress(written + failed + writer.Written + writer.Failed, planned, "fields written to the CRM"));
            }

            written += writer.Written;
            failed += writer.Failed;
        }

        return Counts(isEnabled: true, written, failed, cards);
    }

    private static Dictionary<string, long> Counts(bool isEnabled, long written, long failed, long cards) => new(StringComparer.Ordinal)
    {
        ["isEnabled"] = isEnabled ? 1 : 0,
        ["fieldsWritten"] = written,
        ["fieldsFailed"] = failed,
        ["cards"] = cards,
    };
}
